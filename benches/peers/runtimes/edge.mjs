// Vercel's edge runtime, with everything bundled as its own tools do.

import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { bundleForEdge } from '../../../tests/js/bundle.mjs'
import { startEdge } from '../../../tests/js/runtimes/edge.mjs'
import { rosterSource } from './roster.mjs'

const rounds = JSON.stringify(new URL('../rounds.mjs', import.meta.url).pathname)

const driver = () => `
import { runRaces } from ${rounds}
${rosterSource('edge-runtime')}
addEventListener('fetch', (event) => event.respondWith(answer(event.request)))
async function answer(request) {
  const { material, length } = await request.json()
  return Response.json(await runRaces(material, contendersOf(material), length, hostClock))
}
`

/** The clock of the host, which is finer than the one inside. */
async function run({ folder, material, length }) {
  const [entry, outfile] = [join(folder, 'edge.driver.mjs'), join(folder, 'edge.js')]
  writeFileSync(entry, driver())
  const wasm = await bundleForEdge(entry, outfile, { logLevel: 'error' })
  const runtime = startEdge({
    initialCode: readFileSync(outfile, 'utf8'),
    compiledModule: new WebAssembly.Module(readFileSync(wasm)),
    globals: { hostClock: () => performance.now() },
  })
  const body = JSON.stringify({ material, length })
  const response = await runtime.dispatchFetch('https://edge.example/', { method: 'POST', body })
  if (!response.ok) throw new Error(`edge-runtime: ${response.status} ${await response.text()}`)
  return response.json()
}

function version() {
  const tests = createRequire(new URL('../../../tests/js/package.json', import.meta.url))
  return tests('edge-runtime/package.json').version
}

export const edge = { run, version }
