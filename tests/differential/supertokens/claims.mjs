// The same claim validators and payloads to the peer's claim classes and to ours.
//
//     node claims.mjs [--count N] [--seed N] [--case N]
//
// Both make their validators with the factories of the same names. Compared is the whole verdict as
// JSON text: every reason, byte by byte, and which claims should be fetched again.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { attempt, core } from '../core.mjs'
import { run } from '../pairs.mjs'
import { validatorOf } from './claim-calls.mjs'
import { makeCase } from './claim-cases.mjs'
import { DIFFERENCES } from './claim-differences.mjs'
import { expected, isRight, REFUSED } from './claim-judge.mjs'

const folder =
  process.env.SESSIONGATE_PACKAGE ?? fileURLToPath(new URL('../../../pkg/', import.meta.url))
const entry = join(folder, 'dist/entry/inline.js')
if (!existsSync(entry)) throw new Error(`${entry} is missing: run \`npm run build\` in pkg first.`)
const ours = await import(pathToFileURL(entry).href)

await run({
  count: 20_000,
  kinds: ['valid', 'invalid', 'refetch', REFUSED.name, ...DIFFERENCES.map(({ name }) => name)],
  async compare(random, note) {
    const testCase = makeCase(random)
    const wanted = await expected(testCase)
    for (const name of wanted.names) note(name)
    const answer = askOurs(testCase)
    if (!isRight(wanted, answer)) return { testCase, wanted, answer }
    if (wanted.option !== undefined) return
    const { errors, refetch } = JSON.parse(wanted.text)
    if (testCase.calls.length > 0) note(errors.length > 0 ? 'invalid' : 'valid')
    if (refetch.length > 0) note('refetch')
  },
})

/** Our verdict: by the package, and by the border with the payload's own text. */
function askOurs({ now, calls, payload }) {
  try {
    const validators = calls.map((call) => validatorOf(ours, call))
    const verdict = ours.validateClaims(validators, JSON.parse(payload), { clock: () => now })
    const border = attempt(() => core.validateClaims(JSON.stringify(validators), payload, now))
    return { text: JSON.stringify(verdict), border: border.value ?? border.error }
  } catch (error) {
    if (error instanceof ours.ConfigError) return { refused: error.option }
    throw error
  }
}
