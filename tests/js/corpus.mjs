// Holds the package to the native core's verdicts on a corpus of tokens, in Node and in workerd.
//
//   node corpus.mjs FILE [--runtime node|workerd] [--out FOLDER]
//
// FILE holds `{ options, now, tokens: [text], verdicts: [text] }`: the options of `createGate`, the
// time in ms, and for each token the native answer as JSON, `{ ok, header, claims }` or
// `{ ok, reason, detail, message }`. `--out` keeps the verdicts of each runtime, one per line.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createApp } from './app.mjs'
import { runScript } from './runtimes/processes.mjs'
import { buildWorker, serve } from './runtimes/workerd.mjs'

/** Tokens that are sent to a worker at a time. */
const CHUNK = 2_000
/** Differences that are shown. */
const SHOWN = 10

const RUNTIMES = { node, workerd }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runtime: { type: 'string', multiple: true }, out: { type: 'string' } },
})
const names = values.runtime ?? Object.keys(RUNTIMES)
if (positionals.length !== 1 || names.some((name) => !(name in RUNTIMES))) {
  console.error('usage: node corpus.mjs FILE [--runtime node|workerd] [--out FOLDER]')
  process.exit(2)
}
const file = resolve(positionals[0])
const corpus = JSON.parse(readFileSync(file, 'utf8'))
if (corpus.tokens.length === 0 || corpus.tokens.length !== corpus.verdicts.length) {
  console.error('The corpus needs as many verdicts as tokens, and at least one.')
  process.exit(2)
}

const app = createApp()
const total = { passed: 0, failed: 0 }
try {
  await Promise.all(names.map(compare))
} finally {
  app.remove()
}
console.log(`${total.passed} passed, ${total.failed} failed, 0 skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

async function compare(name) {
  const { canonical } = await import('./suite/corpus.mjs')
  const verdicts = await RUNTIMES[name]()
  if (values.out !== undefined) {
    mkdirSync(values.out, { recursive: true })
    writeFileSync(join(values.out, `${name}.jsonl`), `${verdicts.join('\n')}\n`)
  }
  const differences = corpus.verdicts.flatMap((native, index) => {
    const expected = canonical(JSON.parse(native))
    return verdicts[index] === expected ? [] : [{ index, expected, got: verdicts[index] }]
  })
  total.passed += corpus.tokens.length - differences.length
  total.failed += differences.length
  console.log(`${name}: ${corpus.tokens.length} tokens, ${differences.length} differ`)
  for (const one of differences.slice(0, SHOWN)) console.log(`  ${JSON.stringify(one)}`)
}

function node() {
  writeFileSync(
    join(app.folder, 'corpus.driver.mjs'),
    `
import { readFileSync } from 'node:fs'
import * as api from 'sessiongate'
import { verdictsOf } from './suite/corpus.mjs'
const corpus = JSON.parse(readFileSync(${JSON.stringify(file)}, 'utf8'))
console.log(JSON.stringify(verdictsOf(api, corpus)))
`,
  )
  return runScript('node', app, 'corpus.driver.mjs')
}

async function workerd() {
  const source = `
import * as api from 'sessiongate'
import { verdictsOf } from './suite/corpus.mjs'
export default { fetch: async (request) => Response.json(verdictsOf(api, await request.json())) }
`
  const server = await serve(await buildWorker(app, 'corpus-worker', source))
  try {
    const verdicts = []
    for (let start = 0; start < corpus.tokens.length; start += CHUNK) {
      const tokens = corpus.tokens.slice(start, start + CHUNK)
      const { options, now } = corpus
      const body = JSON.stringify({ options, now, tokens })
      const response = await fetch(server.url, { method: 'POST', body })
      if (!response.ok) throw new Error(`${response.status}: ${server.complaints()}`)
      verdicts.push(...(await response.json()))
    }
    return verdicts
  } finally {
    await server.stop()
  }
}
