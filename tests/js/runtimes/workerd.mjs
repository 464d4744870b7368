// Cloudflare's runtime itself, with the package resolved by the condition `workerd`.

import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleForWorkerd } from '../bundle.mjs'
import { end } from '../process.mjs'

const workerdBin = fileURLToPath(new URL('../node_modules/.bin/workerd', import.meta.url))

const DRIVER = `
import * as api from 'sessiongate'
import { cases } from './cases.mjs'
import { suite } from './suite/suite.mjs'
export default { fetch: async () => Response.json(await suite(api, cases)) }
`

/** An old date: the platform then forbids compiling WebAssembly at any time. */
const config = (modules) => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [${modules}],
  compatibilityDate = "2025-01-01",
);
`

/** Bundles `source` as a worker into a folder of the app and returns that folder. */
export async function buildWorker(app, name, source) {
  const folder = join(app.folder, name)
  mkdirSync(folder, { recursive: true })
  const entry = join(app.folder, `${name}.driver.mjs`)
  writeFileSync(entry, source)
  await bundleForWorkerd(entry, join(folder, 'worker.js'))
  const compiled = readdirSync(folder).filter((file) => file.endsWith('.wasm'))
  const modules = [
    '(name = "worker", esModule = embed "worker.js")',
    ...compiled.map((file) => `(name = "./${file}", wasm = embed "${file}")`),
  ]
  writeFileSync(join(folder, 'config.capnp'), config(modules.join(', ')))
  return folder
}

/** Starts workerd on a free port; resolves with its address. */
export async function serve(folder) {
  const child = spawn(workerdBin, ['serve', '--control-fd=3', 'config.capnp'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaints += text
  })
  const port = await new Promise((resolve, reject) => {
    child.on('close', () => reject(new Error(`workerd ended: ${complaints}`)))
    let text = ''
    child.stdio[3].setEncoding('utf8').on('data', (chunk) => {
      text += chunk
      const found = /"port":\s*(\d+)/.exec(text)
      if (found) resolve(Number(found[1]))
    })
  })
  return { url: `http://127.0.0.1:${port}/`, complaints: () => complaints, stop: () => end(child) }
}

export async function workerd(app) {
  const server = await serve(await buildWorker(app, 'workerd', DRIVER))
  try {
    const response = await fetch(server.url)
    if (!response.ok) throw new Error(`${response.status}: ${server.complaints()}`)
    return await response.json()
  } finally {
    await server.stop()
  }
}
