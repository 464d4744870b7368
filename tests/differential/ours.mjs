// Our side of the comparison, and the only file that knows its shape.
//
// Where the package is, is said by SESSIONGATE_PACKAGE; unless set, it is the one of this tree.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { comparableCalls, fakeFetch } from './fake-bapi.mjs'
import { outcomeOf, thrownOutcome } from './outcome.mjs'

const folder =
  process.env.SESSIONGATE_PACKAGE ?? fileURLToPath(new URL('../../pkg/', import.meta.url))
const entry = join(folder, 'dist/entry/inline.js')
if (!existsSync(entry)) throw new Error(`${entry} is missing: run \`npm run build\` in pkg first.`)
const { createGate, clerk } = await import(pathToFileURL(entry).href)

/** What our gate answers to a case. */
export async function askOurs({ now, method, url, headers, network, ...testCase }) {
  const { fetch, calls } = fakeFetch(network)
  // Opaque tokens of machines are not ours to verify, so there is no key for asking about them.
  const { machineSecretKey: _, ...options } = testCase.options
  try {
    const gate = createGate({
      provider: clerk({ ...options, ...testCase.ours, ...testCase.toAuth }),
      trustProxy: true,
      clock: () => now,
      fetch,
    })
    const state = await gate.authenticate(new Request(url, { method, headers }))
    // Sessions are what there is, unless the state names another kind of token.
    return outcomeOf({ tokenType: 'session_token', ...state, calls: comparableCalls(calls) })
  } catch (error) {
    return thrownOutcome(error)
  }
}
