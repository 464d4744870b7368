// What the tests share: the app that they run in, cases, and servers on loopback.

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { cases } from '../cases.mjs'

/** `folder` of the app, `files` of the tarball, `root` of the repository. */
export const app = JSON.parse(readFileSync(new URL('app.json', import.meta.url), 'utf8'))

export function pick(name) {
  const found = cases.find((one) => one.name === name)
  if (found === undefined) throw new Error(`there is no case called ${name}`)
  return found
}

/** Serves `handler` on a free port until the test ends; resolves with the address. */
export async function serve(t, handler) {
  const server = createServer(handler)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${server.address().port}`
}
