// Sends requests as they are written: `fetch` would add headers of its own and follow redirects.

import { request } from 'node:http'

/** Resolves with status, headers (lists for cookies) and text. */
export function send(port, { method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, headers, agent: false }
    const sent = request(options, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: text }),
      )
    })
    sent.setTimeout(30_000, () => sent.destroy(new Error('no answer within 30 seconds')))
    sent.on('error', reject)
    sent.end(body)
  })
}
