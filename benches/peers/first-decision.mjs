// A fresh Node process up to its first verified decision, beside one that verifies a first token with
// jose; both bundled into one file by esbuild, several processes of each in turns.
//
//   node first-decision.mjs [--quick] [--run N]
//
// The time is that of the whole process, less that of one whose file is empty, and, as the process
// itself sees it, from the first line of the bundle to the answer.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { optionsOf } from './lib/options.mjs'
import { median, rounded, summaryOf } from './lib/statistics.mjs'
import { digits, textTable } from './lib/table.mjs'
import { makeMaterial } from './material.mjs'
import { rosterOf } from './runtimes/roster.mjs'

const { build } = createRequire(new URL('../../tests/js/package.json', import.meta.url))('esbuild')

const options = optionsOf()
const processes = options.quick ? 5 : 25

/** The file of a contender, and its name there. */
const SUBJECTS = [
  { name: 'empty', file: null },
  { name: 'sessiongate', file: 'sessiongate', contender: 'sessiongate checkSync' },
  { name: 'jose', file: 'jose', contender: 'jose' },
  { name: 'aws-jwt-verify', file: 'aws', contender: 'aws-jwt-verify' },
  { name: 'fast-jwt', file: 'fast-jwt', contender: 'fast-jwt' },
  { name: 'clerk authenticateRequest', file: 'clerk', contender: 'clerk authenticateRequest' },
]

/** The first line is run before everything that is bundled, which is what is measured. */
const BANNER = `globalThis.begin = performance.now()
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)`

const folder = mkdtempSync(join(tmpdir(), 'sessiongate-first-'))
try {
  const material = join(folder, 'material.json')
  writeFileSync(material, JSON.stringify(makeMaterial(1)))
  const subjects = []
  for (const subject of SUBJECTS) subjects.push(await prepared(subject, material))
  // Compiled and read once, so that the disk is the same to all.
  for (const subject of subjects) run(subject)
  for (let round = 0; round < processes; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const subject = subjects[(turn + round) % subjects.length]
      subject.runs.push(run(subject))
    }
  }
  report(subjects)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function prepared({ name, file, contender }, material) {
  const [entry, outfile] = [join(folder, `${name}.mjs`), join(folder, `${name}.bundle.mjs`)]
  writeFileSync(entry, file === null ? 'console.log(0)\n' : source(file, contender, material))
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    banner: { js: BANNER },
    logLevel: 'error',
  })
  return { name, outfile, bytes: statSync(outfile).size, runs: [] }
}

function source(file, contender, material) {
  const module = rosterOf('node').find(({ pathname }) => pathname.endsWith(`/${file}.mjs`))
  const requests = new URL('requests.mjs', import.meta.url)
  return `
import { contenders } from ${JSON.stringify(module.pathname)}
import { racesOf } from ${JSON.stringify(requests.pathname)}
import material from ${JSON.stringify(material)}
const race = racesOf(material)[0]
const { make } = contenders(material).find(({ name }) => name === ${JSON.stringify(contender)})
const call = await make()
const user = await call(race.request(0))
if (user !== race.user(0)) throw new Error(String(user))
console.log(performance.now() - globalThis.begin)
`
}

function run({ name, outfile }) {
  const before = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: 'utf8' })
  const wall = performance.now() - before
  if (status !== 0) throw new Error(`${name}: ${stderr}`)
  return { wall, inside: Number(stdout) }
}

function report(subjects) {
  const empty = subjects.find(({ name }) => name === 'empty')
  const jose = subjects.find(({ name }) => name === 'jose')
  const over = ({ runs }) => runs.map(({ wall }, round) => wall - empty.runs[round].wall)
  const inside = ({ runs }) => runs.map((run) => run.inside)
  const base = median(over(jose))
  const baseInside = median(inside(jose))
  const results = subjects.map((subject) => ({
    name: subject.name,
    bundleBytes: subject.bytes,
    wallMs: summaryOf(subject.runs.map(({ wall }) => wall)),
    overEmptyMs: summaryOf(over(subject)),
    insideMs: summaryOf(inside(subject)),
    ratio: rounded(median(over(subject)) / base),
    insideRatio: rounded(median(inside(subject)) / baseInside),
  }))
  const rows = results.map(({ name, wallMs, overEmptyMs, insideMs, ratio, insideRatio }) => {
    const numbers = [wallMs[0], overEmptyMs[0], insideMs[0], ratio, insideRatio]
    return [name, ...numbers.map(digits)]
  })
  const head = ['', 'ms, process', 'over the empty one', 'inside', 'x jose', 'x jose inside']
  console.log(textTable([head, ...rows]))
  options.keep('first-decision', { version: process.versions.node, processes, results })
}
