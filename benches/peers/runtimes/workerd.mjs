// Cloudflare's runtime itself. Its clock stands still while a request is answered, so time is taken
// outside: the answer to a request for N calls, less the answer to one that only makes the N web
// requests and calls nobody.

import { writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { bundleForWorkerd } from '../../../tests/js/bundle.mjs'
import { bin } from '../../../tests/js/runtimes/processes.mjs'
import { serve } from '../../../tests/js/runtimes/workerd.mjs'
import { versionOf } from './processes.mjs'
import { rosterSource } from './roster.mjs'

const handler = JSON.stringify(new URL('worker-driver.mjs', import.meta.url).pathname)

const driver = () => `
import { handlerOf } from ${handler}
import material from 'material.json'
${rosterSource('workerd')}
let handle
export default { fetch: (request) => (handle ??= handlerOf(material, contendersOf))(request) }
`

/** `nodejs_compat` as most applications have it; the key set is fetched on loopback. */
const CONFIG = `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [
    (name = "worker", esModule = embed "worker.js"),
    (name = "./sessiongate_bg.wasm", wasm = embed "sessiongate_bg.wasm"),
    (name = "material.json", json = embed "material.json"),
  ],
  compatibilityDate = "2025-09-15",
  compatibilityFlags = ["nodejs_compat"],
);
`

async function run({ folder, material, length }) {
  const entry = join(folder, 'worker.driver.mjs')
  writeFileSync(entry, driver())
  writeFileSync(join(folder, 'material.json'), JSON.stringify(material))
  writeFileSync(join(folder, 'config.capnp'), CONFIG)
  await bundleForWorkerd(entry, join(folder, 'worker.js'), {
    external: ['material.json', 'node:*', ...builtinModules],
    banner: { js: REQUIRE },
    logLevel: 'error',
  })
  const server = await serve(folder)
  try {
    return await runFromOutside(server.url, length)
  } catch (error) {
    throw new Error(`${error.message}\n${server.complaints()}`)
  } finally {
    await server.stop()
  }
}

/** Old packages ask for built-in modules with `require`, which a worker has to make for them. */
const REQUIRE = `import { createRequire } from 'node:module'
const required = createRequire('/')
const require = (name) => required(name).default ?? required(name)`

async function runFromOutside(url, length) {
  const { races, contenders } = await (await fetch(`${url}list`)).json()
  const finished = []
  for (const [place, { field, name }] of races.entries()) {
    const entered = contenders
      .map((contender, number) => ({ ...contender, number, us: [] }))
      .filter(({ fields }) => fields.includes(field))
    await race(url, place, entered, length[name] ?? length.outside)
    const results = entered.map(({ name, decides = false, isOurs = false, us }) => {
      return { name, decides, isOurs, us }
    })
    finished.push({ field, name, results })
  }
  return finished
}

async function race(url, place, entered, { warmUp, rounds, calls }) {
  const ask = async (contender, start, requests, calls) => {
    const query = new URLSearchParams({
      race: place,
      contender: contender.number,
      start,
      requests,
      calls,
    })
    const before = performance.now()
    const response = await fetch(`${url}?${query}`)
    const text = await response.text()
    const ms = performance.now() - before
    if (!response.ok) throw new Error(`${contender.name}: ${response.status} ${text}`)
    return ms
  }
  for (const contender of entered) await ask(contender, 0, warmUp, warmUp)
  for (let round = 0; round < rounds; round++) {
    const start = warmUp + round * calls
    for (let turn = 0; turn < entered.length; turn++) {
      const contender = entered[(turn + round) % entered.length]
      const empty = await ask(contender, start, calls, 0)
      const full = await ask(contender, start, calls, calls)
      contender.us.push(((full - empty) * 1000) / calls)
    }
  }
}

export const workerd = { run, version: () => versionOf(bin('workerd')) }
