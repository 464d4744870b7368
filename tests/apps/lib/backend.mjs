// What stands for Clerk's Backend API: gives a fresh token for the one session that may have one.

import { createServer } from 'node:http'

/** Serves on loopback; `issue()` gives the token. Resolves with the address and how to end it. */
export async function backend(issue) {
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const isRefresh = request.method === 'POST' && /\/sessions\/sess_ada\/refresh/.test(request.url)
    const body = isRefresh && JSON.parse(text)
    if (!isRefresh || body.refresh_token !== 'refresh_1') {
      response.writeHead(404).end('{"errors":[{"code":"resource_not_found"}]}')
      return
    }
    const cookie = `__session=${issue()}; Path=/; SameSite=Lax; Max-Age=3600`
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ object: 'cookies', cookies: [cookie] }))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${server.address().port}`, stop }
}
