// The other builds of the module: `sessiongate/slim` in every runtime, and the one without SIMD in a
// browser that has none.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resultOf } from './chromium.mjs'
import { buildEdge, startEdge } from './edge.mjs'
import { runScript } from './processes.mjs'
import { buildWorker, serve } from './workerd.mjs'

const PLACES = {
  node: (app) => inProcess('node', app),
  deno: (app) => inProcess('deno', app),
  bun: (app) => inProcess('bun', app),
  workerd: inWorker,
  edge: inEdge,
  chromium: (app) => resultOf(app, page(SLIM, 'slim.wasm')),
  // A browser without SIMD says so when it is asked.
  'chromium without SIMD': (app) => resultOf(app, page(WHOLE, 'scalar.wasm', NO_SIMD)),
}

const SLIM = `
import * as api from 'sessiongate/slim'
import { slim } from './suite/slim.mjs'
import { tokens } from './rfc-tokens.mjs'
const outcome = () => slim(api, tokens)
`
const WHOLE = `
const api = await import('sessiongate')
const { suite } = await import('./suite/suite.mjs')
const { cases } = await import('./cases.mjs')
const outcome = () => suite(api, cases, { isBrowser: true })
`
const NO_SIMD = 'WebAssembly.validate = () => false'

/** Runs all of them; the names of the failures begin with the place. */
export async function builds(app) {
  writeTokens(app)
  const total = { passed: 0, failed: [] }
  for (const [place, start] of Object.entries(PLACES)) {
    const { passed, failed } = await start(app)
    total.passed += passed
    total.failed.push(...failed.map((one) => ({ ...one, name: `${place}: ${one.name}` })))
  }
  return total
}

/** The examples of the RFC as a module, which every runtime can import. */
function writeTokens(app) {
  const file = new URL('../../conformance/rfc.json', import.meta.url)
  const examples = JSON.parse(readFileSync(file, 'utf8'))
  const [hs256, rs256, es256] = ['a.1', 'a.2', 'a.3'].map((name) =>
    examples.find(({ id }) => id === `rfc7515-${name}`),
  )
  const text = JSON.stringify({ hs256, rs256, es256 })
  writeFileSync(join(app.folder, 'rfc-tokens.mjs'), `export const tokens = ${text}`)
}

function inProcess(name, app) {
  const file = `slim.${name}.driver.mjs`
  writeFileSync(join(app.folder, file), `${SLIM}console.log(JSON.stringify(await outcome()))`)
  return runScript(name, app, file)
}

async function inWorker(app) {
  const source = `${SLIM}export default { fetch: async () => Response.json(await outcome()) }`
  const server = await serve(await buildWorker(app, 'slim-worker', source))
  try {
    return await (await fetch(server.url)).json()
  } finally {
    await server.stop()
  }
}

async function inEdge(app) {
  const source = `${SLIM}
addEventListener('fetch', (event) => event.respondWith(outcome().then((all) => Response.json(all))))`
  const runtime = startEdge(await buildEdge(app, 'slim-edge', source))
  return (await runtime.dispatchFetch('https://edge.example/')).json()
}

/** A page that also checks which module it loaded. */
const page = (start, module, before = '') => `
${before}
${start}
await api.ready()
const loaded = performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop())
const result = await outcome()
const modules = loaded.filter((name) => name.endsWith('.wasm')).join()
if (modules === '${module}') result.passed++
else result.failed.push({ name: 'the module', why: 'loaded ' + modules })
window.result = result
`
