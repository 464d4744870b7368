// Where the time of one request goes, by Node's sampling profiler.
//
//   node profile.mjs FOLDER [--quick] [--run N]
//
// FOLDER has the module of the package with the names of its functions (`cargo xtask bench` makes it).

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { optionsOf } from './lib/options.mjs'
import { functionsOf, selfTimes, sumsBy } from './lib/samples.mjs'
import { rounded } from './lib/statistics.mjs'
import { digits, textTable } from './lib/table.mjs'
import { makeMaterial } from './material.mjs'

const options = optionsOf()
/** More than the gate remembers, so that in turns each token is new. */
const TOKENS = options.quick ? 1100 : 2200
const CASES = [
  { name: 'A token seen before', race: 'warm', calls: 300_000 },
  { name: 'A new token', race: 'cold', calls: 30_000 },
  { name: 'Nobody signed in', race: 'anonymous', calls: 300_000 },
]
/** Microseconds between two looks. */
const INTERVAL = 97
const SHOWN = 25
const DRIVER = fileURLToPath(new URL('profile-driver.mjs', import.meta.url))
const PACKAGE = fileURLToPath(new URL('../../pkg/', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'sessiongate-profile-'))
try {
  const entry = namedPackage(options.positionals[0])
  const input = join(folder, 'material.json')
  writeFileSync(input, JSON.stringify({ ...makeMaterial(TOKENS), rotation: TOKENS }))
  const cases = CASES.map((one) => profiled(one, entry, input))
  cases.forEach(print)
  options.keep('profile', { version: process.versions.node, cases })
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The package with the named module in place of its own; gives its entry. */
function namedPackage(named) {
  const copy = join(folder, 'package')
  cpSync(join(PACKAGE, 'dist'), join(copy, 'dist'), { recursive: true })
  cpSync(join(PACKAGE, 'package.json'), join(copy, 'package.json'))
  const base64 = readFileSync(join(named, 'sessiongate_bg.wasm')).toString('base64')
  writeFileSync(join(copy, 'dist/wasm/inline.js'), `export default '${base64}'\n`)
  return join(copy, 'dist/entry/inline.js')
}

function profiled({ name, race, calls }, entry, input) {
  const profiles = join(folder, race)
  const count = options.quick ? calls / 100 : calls
  const flags = ['--cpu-prof', `--cpu-prof-interval=${INTERVAL}`, `--cpu-prof-dir=${profiles}`]
  const args = [...flags, DRIVER, entry, input, race, String(Math.max(500, count))]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name}: ${stderr}`)
  const [file] = readdirSync(profiles)
  const profile = JSON.parse(readFileSync(join(profiles, file), 'utf8'))
  const functions = functionsOf(selfTimes(profile, 'profiledCalls'))
  return {
    name,
    us: rounded(Number(stdout)),
    areas: sumsBy(functions, ({ area }) => area),
    functions: sumsBy(functions, ({ name }) => name).slice(0, SHOWN),
  }
}

function print({ name, us, areas, functions }) {
  const rows = (list) =>
    list.map(({ name, share }) => [name, digits(us * share), digits(share * 100)])
  console.log(textTable([[`${name}: ${digits(us)} us`, 'us', '%'], ...rows(areas)]))
  console.log(textTable([['function', 'us', '%'], ...rows(functions)]))
}
