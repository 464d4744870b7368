// Runs one small real application per framework against the packed package, over HTTP.
//
//   node tests/apps/run.mjs                    all of them
//   node tests/apps/run.mjs --only express     one, or several
//   node tests/apps/run.mjs --list             their names
//
// Prints what failed, one line for each application and a closing line. What was tested stands in
// target/apps/results/ afterwards, from where readme.mjs takes the table of the README.

import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { run } from './lib/app.mjs'
import { environment, install, pack } from './lib/install.mjs'
import { apps, runtimes, target } from './lib/places.mjs'
import { typed } from './lib/types.mjs'
import { table } from './table.mjs'

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, list: { type: 'boolean' } },
})
const known = await manifests()
if (values.list) {
  for (const name of known.keys()) console.log(name)
  process.exit(0)
}
const names = values.only ?? [...known.keys()]
const unknown = names.find((name) => !known.has(name))
if (unknown !== undefined) {
  console.error(`There is no application ${unknown}. Known are: ${[...known.keys()].join(', ')}.`)
  process.exit(2)
}

const tarball = pack()
const total = { passed: 0, failed: 0 }
for (const name of names) {
  const results = await tested(name, known.get(name))
  const failed = results.filter(({ why }) => why !== null)
  total.passed += results.length - failed.length
  total.failed += failed.length
  console.log(`${name}: ${results.length - failed.length} passed, ${failed.length} failed`)
  for (const { name: row, why } of failed) console.log(`  ${row}\n    ${why}`)
  const log = failed.find((result) => result.log)?.log
  if (log) console.log(`  what ${name} wrote:\n${log.replace(/^/gm, '    ')}`)
}
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

/** All applications: the folders with a manifest. */
async function manifests() {
  const found = new Map()
  for (const entry of readdirSync(apps, { withFileTypes: true, recursive: false })) {
    const file = join(apps, entry.name, 'manifest.mjs')
    if (!entry.isDirectory()) continue
    const made = await import(file).catch((error) => {
      if (error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes(file)) return null
      throw error
    })
    if (made !== null) found.set(entry.name, made.default)
  }
  return found
}

async function tested(name, manifest) {
  try {
    const folder = await install(name, manifest, tarball)
    const results = await typed(manifest, folder)
    for (const { part, ...rest } of runs(manifest)) {
      const done = await run({ ...rest, folder, manifest })
      results.push(...done.map((result) => ({ ...result, name: `${part}: ${result.name}` })))
    }
    note(name, manifest, folder, results)
    return results
  } catch (error) {
    return [{ name: 'start', why: String(error.stack ?? error) }]
  }
}

/** The shared table with each provider, then what the application has besides. */
function runs(manifest) {
  const shared = (manifest.providers ?? Object.keys(table)).map((provider) => {
    const left = manifest.without?.[provider] ?? []
    const rows = table[provider].filter(({ name }) => !left.includes(name))
    return { part: provider, command: manifest.start, provider, rows }
  })
  const more = (manifest.more ?? []).map(({ name, start, provider, rows }) => {
    return { part: name, command: start ?? manifest.start, provider, rows }
  })
  return [...shared, ...more]
}

/** What was tested, for the README. */
function note(name, manifest, folder, results) {
  const noted = {
    name,
    framework: manifest.title,
    version: manifest.package === undefined ? null : packageVersion(manifest.package, folder),
    entry: manifest.entry ?? `sessiongate/${name}`,
    runtimes: [manifest.runtime, ...(manifest.also ?? [])].map((runtime) => {
      return { name: runtime, version: versionOf(runtime, folder) }
    }),
    passed: results.filter(({ why }) => why === null).length,
    failed: results.filter(({ why }) => why !== null).length,
    cases: results.map(({ name: row, why }) => ({ name: row, passed: why === null })),
  }
  const place = join(target, 'results')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, `${name}.json`), `${JSON.stringify(noted, null, 2)}\n`)
}

function packageVersion(name, folder) {
  const file = join(folder, 'node_modules', name, 'package.json')
  return JSON.parse(readFileSync(file, 'utf8')).version
}

function versionOf(runtime, folder) {
  const env = { ...process.env, ...environment(folder, runtimes) }
  const text = execFileSync(runtime, ['--version'], { env, encoding: 'utf8' })
  return /\d[\w.-]*/.exec(text)?.[0] ?? null
}
