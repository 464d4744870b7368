// Starts an application on a free port of the loopback interface and ends it.

import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { end } from '../../js/process.mjs'
import { send } from './client.mjs'
import { environment } from './install.mjs'
import { runtimes } from './places.mjs'

/** Milliseconds; machines are busy at times. */
const PATIENCE = 60_000

export async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/**
 * Starts `command` in `folder` and waits until it answers. In the words of the command `{port}` stands
 * for the port, which is in the environment as `PORT` as well.
 */
export async function start(command, folder, port, more) {
  const [program, ...args] = command.map((word) => word.replace('{port}', port))
  const env = { ...process.env, ...environment(folder, runtimes), PORT: String(port), ...more }
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      log = (log + text).slice(-20_000)
    })
  }
  const server = { log: () => log, stop: () => end(child) }
  const failed = new Promise((_, reject) => {
    child.on('error', reject)
    child.on('close', (code) => reject(new Error(`${command.join(' ')} ended (${code}):\n${log}`)))
  })
  failed.catch(() => {})
  try {
    await Promise.race([failed, answers(port, server)])
    return server
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function answers(port, server) {
  const until = Date.now() + PATIENCE
  for (;;) {
    try {
      return await send(port, { method: 'GET', path: '/', headers: {} })
    } catch (error) {
      if (Date.now() > until) throw new Error(`no answer (${error.message}):\n${server.log()}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
