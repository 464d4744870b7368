// The memory of a Node process: what stands above an empty one when the package holds 1 000 tokens.
//
//   node memory.mjs [--quick] [--run N]
//
// Each number is of a fresh process, after the garbage collector has run: what is held, that is V8's heap
// in use and the memory outside of it, WebAssembly's among them; and what the system gave to the process
// alone (`Private_Dirty` of Linux), which the garbage of all the requests makes larger.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { optionsOf } from './lib/options.mjs'
import { summaryOf } from './lib/statistics.mjs'
import { digits, textTable } from './lib/table.mjs'
import { makeMaterial } from './material.mjs'

const options = optionsOf()
const processes = options.quick ? 3 : 7
const TOKENS = 1000

const STATES = [
  { name: 'empty process', state: 'empty', tokens: 0 },
  { name: 'the requests alone', state: 'requests', tokens: TOKENS },
  { name: 'imported', state: 'imported', tokens: 0 },
  { name: 'one token decided', state: 'decided', tokens: 1 },
  { name: '1 000 tokens cached', state: 'decided', tokens: TOKENS },
]
const driver = fileURLToPath(new URL('memory-driver.mjs', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'sessiongate-memory-'))
try {
  writeMaterial()
  const samples = STATES.map(() => [])
  for (let round = 0; round < processes; round++) {
    STATES.forEach((state, place) => {
      samples[place].push(run(state))
    })
  }
  report(samples)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The tokens in a file of their own, so that a process need not hold them all. */
function writeMaterial() {
  const material = makeMaterial(TOKENS)
  const { tokens } = material.clerk
  writeFileSync(join(folder, 'tokens'), tokens.join(''))
  material.clerk.tokens = []
  material.session.tokens.length = 1
  const rest = { ...material, tokenBytes: tokens[0].length }
  writeFileSync(join(folder, 'material.json'), JSON.stringify(rest))
}

function run({ name, state, tokens }) {
  const args = ['--expose-gc', driver, state, String(tokens), folder]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name}: ${stderr}`)
  return JSON.parse(stdout)
}

function report(samples) {
  const over = (place, base, kind) =>
    summaryOf(samples[place].map((run, round) => (run[kind] - samples[base][round][kind]) / 1e6))
  const results = STATES.map(({ name }, place) => ({
    name,
    held: summaryOf(samples[place].map(({ held }) => held / 1e6)),
    overEmpty: over(place, 0, 'held'),
    overRequests: over(place, 1, 'held'),
    pagesOverEmpty: over(place, 0, 'pages'),
  }))
  const rows = results.map(({ name, held, overEmpty, overRequests, pagesOverEmpty }) => {
    const all = [held, overEmpty, overRequests, pagesOverEmpty]
    return [name, ...all.map(([middle]) => digits(middle))]
  })
  const head = [
    '',
    'MB held',
    'over the empty one',
    'over the requests',
    'pages over the empty one',
  ]
  console.log(textTable([head, ...rows]))
  options.keep('memory', { version: process.versions.node, tokens: TOKENS, results })
}
