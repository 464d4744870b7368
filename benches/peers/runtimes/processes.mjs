// Runtimes that run a file: Node, Deno and Bun.

import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { output } from '../../../tests/js/process.mjs'
import { bin } from '../../../tests/js/runtimes/processes.mjs'

const driver = fileURLToPath(new URL('process-driver.mjs', import.meta.url))
const cwd = fileURLToPath(new URL('..', import.meta.url))
/** Milliseconds that all races may take. */
const LIMIT = 600_000

/** How each of them is started. */
const COMMANDS = {
  node: { program: process.execPath, args: [] },
  deno: {
    program: bin('deno'),
    args: ['run', '--allow-all', '--no-prompt', '--no-remote', '--node-modules-dir=manual'],
    env: { DENO_NO_UPDATE_CHECK: '1' },
  },
  bun: { program: bin('bun'), args: ['--no-install'], env: { DO_NOT_TRACK: '1' } },
}

function runner(runtime) {
  const { program, args, env } = COMMANDS[runtime]
  const run = async ({ folder, material, length }) => {
    const [input, result] = [join(folder, 'input.json'), join(folder, 'result.json')]
    writeFileSync(input, JSON.stringify({ material, length }))
    await output(program, [...args, driver, runtime, input, result], { cwd, env, limit: LIMIT })
    return JSON.parse(readFileSync(result, 'utf8'))
  }
  return { run, version: () => versionOf(program) }
}

export const node = runner('node')
export const deno = runner('deno')
export const bun = runner('bun')

/** The version that a program tells of itself. */
export function versionOf(program) {
  return /\d[\w.-]*/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))[0]
}
