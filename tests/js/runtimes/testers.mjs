// `sessiongate/testing` inside the test runners that people use: the code of the guide, and every check
// of the suite about it.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeOf } from '../documents.mjs'
import { output } from '../process.mjs'
import { linkLibraries } from '../unit.mjs'
import { bin } from './processes.mjs'

const here = fileURLToPath(new URL('..', import.meta.url))
/** Vitest refuses Node 20. */
export const node22 = join(here, 'node_modules/node-22/bin/node')
const vitest = join(here, 'node_modules/vitest/vitest.mjs')

const NODE_TEST = "import { test } from 'node:test'"
const CHECKS = `${NODE_TEST}
import * as api from 'sessiongate'
import * as testing from 'sessiongate/testing'
import { testingChecks } from '../suite/testing.mjs'
for (const [name, check] of testingChecks(api, testing)) test(name, () => check())
`

/** How tests are imported, how they are run, and how the runner says how many passed. */
const TESTERS = {
  'node:test': {
    head: NODE_TEST,
    program: process.execPath,
    args: ['--test', '--test-reporter=tap'],
    passed: /^# pass (\d+)$/m,
  },
  vitest: {
    head: "import { test } from 'vitest'",
    program: node22,
    args: [vitest, 'run', '--reporter=default', '--no-color'],
    passed: /Tests +(\d+) passed/,
  },
  'deno test': {
    head: 'const { test } = Deno',
    program: bin('deno'),
    args: ['test', '--no-prompt', '--no-remote', '--node-modules-dir=manual', '--no-check'],
    passed: /(\d+) passed .*?0 failed/,
    env: { DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
  },
  'bun test': {
    head: "import { test } from 'bun:test'",
    program: bin('bun'),
    args: ['test'],
    passed: /^ *(\d+) pass$/m,
    env: { DO_NOT_TRACK: '1', NO_COLOR: '1' },
  },
}

/** Runs the files with each runner; a runner that ran fewer tests than there are has failed. */
export async function testers(app) {
  linkLibraries(app.folder, ['vitest'])
  const root = join(here, '../..')
  const guide = codeOf(root, 'docs/guide/testing.md')
  const files = [...guide, { name: 'checks.test.mjs', code: CHECKS }]
  const result = { passed: 0, failed: [] }
  const expected = {}
  for (const [name, tester] of Object.entries(TESTERS)) {
    try {
      const count = await runFiles(app, name, tester, files)
      result.passed += count
      expected[name] = count
    } catch (error) {
      result.failed.push({ name, why: String(error.message).slice(-3000) })
    }
  }
  const counts = new Set(Object.values(expected))
  if (counts.size > 1) {
    result.failed.push({ name: 'all runners ran the same tests', why: JSON.stringify(expected) })
  }
  return result
}

async function runFiles(app, name, { head, program, args, passed, env }, files) {
  const folder = join(app.folder, `tests-${name.replace(/\W/g, '-')}`)
  mkdirSync(folder)
  for (const { name: file, code } of files) {
    if (!code.includes(NODE_TEST)) throw new Error(`${file} does not import node:test`)
    writeFileSync(join(folder, file), code.replace(NODE_TEST, head))
  }
  const names = name === 'vitest' ? [] : files.map(({ name: file }) => `./${file}`)
  const said = await output(program, [...args, ...names], { cwd: folder, env, both: true })
  const count = passed.exec(said)?.[1]
  if (count === undefined) throw new Error(`no number of tests in:\n${said}`)
  return Number(count)
}
