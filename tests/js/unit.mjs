// The tests for Node alone, with its own runner, inside the app so that they use the packed package.

import { cpSync, existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from 'node:test'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))

/** What applications use beside the package, and the peers that they come from: from which folder. */
const LIBRARIES = {
  '.': ['zod', 'valibot', 'esbuild', 'jose'],
  '../differential': ['@clerk'],
  '../differential/supertokens': ['supertokens-node'],
}

/** Puts libraries beside the package, from the packages of a folder of tests. */
export function linkLibraries(folder, names, from = '.') {
  for (const name of names) {
    const target = join(folder, 'node_modules', name)
    if (!existsSync(target)) symlinkSync(join(here, from, 'node_modules', name), target)
  }
}

export async function unit(app) {
  for (const [from, names] of Object.entries(LIBRARIES)) linkLibraries(app.folder, names, from)
  // The tests that run code of the documentation take it from there.
  cpSync(join(here, 'documents.mjs'), join(app.folder, 'documents.mjs'))
  const folder = join(app.folder, 'unit')
  cpSync(join(here, 'unit'), folder, { recursive: true })
  writeFileSync(join(folder, 'app.json'), JSON.stringify({ ...app, root: join(here, '../..') }))
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.mjs'))
  const result = { passed: 0, failed: [], skipped: [] }
  const isTest = ({ details }) => details.type !== 'suite'
  await new Promise((resolve) => {
    run({ files: files.map((name) => join(folder, name)), concurrency: 2 })
      .on('test:pass', (event) => {
        if (event.skip !== undefined || event.todo !== undefined) result.skipped.push(event.name)
        else if (isTest(event)) result.passed++
      })
      .on('test:fail', (event) => {
        const why = event.details.error
        if (isTest(event))
          result.failed.push({ name: event.name, why: String(why.cause?.stack ?? why) })
      })
      .on('end', resolve)
      .resume()
  })
  return result
}
