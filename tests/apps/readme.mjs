// The table of frameworks in the README, from what run.mjs wrote down.
//
//   node tests/apps/readme.mjs --write    writes it
//   node tests/apps/readme.mjs --check    says whether it is what was tested

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { apps, repository, target } from './lib/places.mjs'

const START = '<!-- apps:start -->\n'
const END = '<!-- apps:end -->'
/** Of these the table names the version; which Node there is differs from machine to machine. */
const PINNED = ['bun', 'deno', 'workerd']
const RUNTIMES = { node: 'Node', bun: 'Bun', deno: 'Deno', workerd: 'workerd' }

const { values } = parseArgs({
  options: { write: { type: 'boolean' }, check: { type: 'boolean' } },
})
const file = join(repository, 'README.md')
const text = readFileSync(file, 'utf8')
const [from, to] = [text.indexOf(START) + START.length, text.indexOf(END)]
if (from < START.length || to < from) throw new Error('README.md has no place for the table.')
const expected = text.slice(0, from) + table() + text.slice(to)
if (values.write) writeFileSync(file, expected)
else if (text !== expected) {
  console.error('The table of frameworks in README.md is not what was tested. Write it with')
  console.error('  node tests/apps/run.mjs && node tests/apps/readme.mjs --write')
  process.exit(1)
}

function table() {
  const head = '| framework | version | runs on | import | checks |\n|---|---|---|---|---:|\n'
  return head + results().map(row).join('')
}

function row({ framework, version, runtimes, entry, passed }) {
  const places = runtimes.map(place).join(', ')
  return `| ${framework} | ${version ?? ''} | ${places} | \`${entry}\` | ${passed} |\n`
}

function place({ name, version }) {
  return `${RUNTIMES[name] ?? name}${PINNED.includes(name) ? ` ${version}` : ''}`
}

/** Of every application there is, by title; an application that failed has no place in the table. */
function results() {
  const names = readdirSync(apps, { recursive: true })
    .filter((path) => /^[^/]+\/manifest\.mjs$/.test(path))
    .map((path) => path.split('/')[0])
  const all = names.map((name) => {
    const result = JSON.parse(readFileSync(join(target, 'results', `${name}.json`), 'utf8'))
    if (result.failed > 0) throw new Error(`${name} failed: run tests/apps/run.mjs again.`)
    return result
  })
  return all.sort((a, b) => a.framework.localeCompare(b.framework, 'en'))
}
