// Requests over loopback, with every header as the case has it.

import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'

const agent = new Agent({ keepAlive: true })

/** Starts a server of this machine and gives its port. */
export async function serve(listener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  // A connection that is closed at the moment when it is used again would look like a failure.
  server.keepAliveTimeout = 0
  server.on('connection', (socket) => socket.unref())
  server.unref()
  await once(server, 'listening')
  return server.address().port
}

/** `{ status, headers: [[name, value]…], body }`; names in lower case. */
export async function send(port, { method, path, headers }) {
  const sent = request({
    ...{ agent, host: '127.0.0.1', port, method, path },
    headers: ['host', 'api.example.com', ...headers.flat()],
  })
  sent.end()
  const [response] = await once(sent, 'response')
  const chunks = await response.toArray()
  return {
    status: response.statusCode,
    headers: pairs(response.rawHeaders),
    body: Buffer.concat(chunks).toString(),
  }
}

/** Whether Node takes so many headers at all. */
export function isRequest({ requests }) {
  return requests.every(({ headers }) => JSON.stringify(headers).length < 15_000)
}

function pairs(flat) {
  return Array.from({ length: flat.length / 2 }, (_, index) => {
    return [flat[2 * index].toLowerCase(), flat[2 * index + 1]]
  })
}
