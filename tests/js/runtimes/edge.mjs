// Vercel's edge runtime, with the package resolved by the condition `edge-light` and the module
// compiled by the host, that is in another realm than the code that uses it.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EdgeRuntime } from 'edge-runtime'
import { bundleForEdge } from '../bundle.mjs'

const DRIVER = `
import * as api from 'sessiongate'
import { cases } from './cases.mjs'
import { suite } from './suite/suite.mjs'
addEventListener('fetch', (event) => {
  event.respondWith(suite(api, cases).then((result) => Response.json(result)))
})
`

/** Bundles `source` as an edge function; returns its code and the compiled module. */
export async function buildEdge(app, name, source) {
  const entry = join(app.folder, `${name}.driver.mjs`)
  const outfile = join(app.folder, `${name}.bundle.js`)
  writeFileSync(entry, source)
  const wasm = await bundleForEdge(entry, outfile)
  return {
    initialCode: readFileSync(outfile, 'utf8'),
    compiledModule: new WebAssembly.Module(readFileSync(wasm)),
  }
}

/** `globals` are more names that the code may use. */
export function startEdge({ initialCode, compiledModule, globals = {} }) {
  return new EdgeRuntime({
    initialCode,
    extend: (context) => Object.assign(context, { compiledModule, ...globals }),
  })
}

export async function edge(app) {
  const runtime = startEdge(await buildEdge(app, 'edge', DRIVER))
  const response = await runtime.dispatchFetch('https://edge.example/')
  return response.json()
}
