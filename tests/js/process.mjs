// Child processes that never outlive the tests.

import { spawn } from 'node:child_process'

const LIMIT = 120_000

/**
 * Runs a program to its end and returns what it wrote; fails with its complaints otherwise. It may
 * take `limit` milliseconds. With `both` the answer has what went to the standard error, too.
 */
export function output(program, args, { cwd, env, limit = LIMIT, both = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limit,
    })
    const texts = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        texts[name] += text
      })
    }
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) resolve(both ? texts.stdout + texts.stderr : texts.stdout)
      else
        reject(
          new Error(`${program} ended with ${code ?? signal}:\n${texts.stderr || texts.stdout}`),
        )
    })
  })
}

/** Ends a server that was started, and waits until it is gone. */
export function end(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.on('close', resolve)
    child.kill('SIGKILL')
  })
}
