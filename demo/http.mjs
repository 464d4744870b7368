// The little of HTTP that the demo needs.

import { createServer } from 'node:http'

/** Serves `handler` on a free port of this machine. */
export async function listen(handler) {
  const server = createServer((request, response) => {
    handler(request, response).catch((error) => {
      // A request that is none, for instance a Host header with a path in it.
      const status = error instanceof TypeError ? 400 : 500
      response.writeHead(status, { 'content-type': 'text/plain' }).end(`${error.message}\n`)
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The fields of a posted form. */
export async function formOf(request) {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > 4096) throw new TypeError('The form is too large.')
  }
  return new URLSearchParams(text)
}

/** Sends a web `Response` with further headers. */
export async function send(response, answer, headers) {
  response.statusCode = answer.status
  for (const [name, value] of [...answer.headers, ...headers]) response.appendHeader(name, value)
  response.end(Buffer.from(await answer.arrayBuffer()))
}
