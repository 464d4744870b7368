// Runtimes that run a file: Node, Deno and Bun.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { output } from '../process.mjs'

/** The path of a runtime that npm installed here. */
export const bin = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url))

const DRIVER = `
import * as api from 'sessiongate'
import { cases } from './cases.mjs'
import { suite } from './suite/suite.mjs'
console.log(JSON.stringify(await suite(api, cases)))
`

/** How each of them runs a file; Deno without any permission. */
export const COMMANDS = {
  node: (file) => ({ program: process.execPath, args: [file] }),
  deno: (file) => ({
    program: bin('deno'),
    args: ['run', '--no-prompt', '--no-remote', '--node-modules-dir=manual', file],
    env: { DENO_NO_UPDATE_CHECK: '1' },
  }),
  bun: (file) => ({
    program: bin('bun'),
    args: ['--no-install', file],
    env: { DO_NOT_TRACK: '1' },
  }),
}

/** Runs a script of the app in a fresh process and returns what it prints, which is JSON. */
export async function runScript(name, app, file) {
  const { program, args, env } = COMMANDS[name](file)
  return JSON.parse(await output(program, args, { cwd: app.folder, env }))
}

function runner(name) {
  return (app) => {
    const file = `${name}.driver.mjs`
    writeFileSync(join(app.folder, file), DRIVER)
    return runScript(name, app, file)
  }
}

export const node = runner('node')
export const deno = runner('deno')
export const bun = runner('bun')
