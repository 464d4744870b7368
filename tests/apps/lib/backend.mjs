// What stands for the services that a gate may ask: Clerk's Backend API, and SuperTokens' core.

import { createServer } from 'node:http'

/**
 * Serves on loopback. `answer({ method, path, query, body })` gives an object, or `null` for a 404. Resolves
 * with the address and how to end it.
 */
export async function backend(answer) {
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const { pathname: path, searchParams: query } = new URL(request.url, 'http://backend')
    const body = text === '' ? null : JSON.parse(text)
    const found = answer({ method: request.method, path, query, body })
    response.statusCode = found === null ? 404 : 200
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(found ?? { errors: [{ code: 'resource_not_found' }] }))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${server.address().port}`, stop }
}
