// One fresh start for each runtime, up to the first verified decision.

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { launch, pageOf, serveApp } from './runtimes/chromium.mjs'
import { buildEdge } from './runtimes/edge.mjs'
import { COMMANDS, runScript } from './runtimes/processes.mjs'
import { buildWorker, serve } from './runtimes/workerd.mjs'

/**
 * Prepares a runtime once. Each gives its `version`, `run()`, which does one fresh run, and `stop()` if
 * something is to be ended. The app holds the case to decide in `one.mjs`.
 */
export const PREPARE = {
  node: (app) => scripted('node', app),
  deno: (app) => scripted('deno', app),
  bun: (app) => scripted('bun', app),
  workerd: worker,
  'edge-runtime': edgeFunction,
  chromium: browserPage,
}
/** Takes the time from the import on; the last line of each driver hands it over. */
const MEASURED = `
import { one } from './one.mjs'
const start = performance.now()
const api = await import('sessiongate')
await api.ready()
const gate = api.createGate({ ...one.options, clock: () => one.now })
const { outcome } = gate.checkSync(one.request)
const firstDecisionMs = performance.now() - start
if (outcome !== 'allow') throw new Error(outcome)
`

function scripted(name, app) {
  const files = { first: `${name}.first.mjs`, empty: `${name}.empty.mjs` }
  writeFileSync(
    join(app.folder, files.first),
    `${MEASURED}\nconsole.log(JSON.stringify({ firstDecisionMs }))\n`,
  )
  writeFileSync(join(app.folder, files.empty), "console.log('{}')\n")
  const run = async () => {
    const [{ firstDecisionMs }, wallMs] = await timed(() => runScript(name, app, files.first))
    const [, emptyMs] = await timed(() => runScript(name, app, files.empty))
    return { firstDecisionMs: round(firstDecisionMs), wallMs, emptyMs }
  }
  return { version: versionOf(COMMANDS[name]('').program), run }
}

async function worker(app) {
  const first = await buildWorker(
    app,
    'first',
    `
import { createGate } from 'sessiongate'
import { one } from './one.mjs'
const gate = createGate({ ...one.options, clock: () => one.now })
export default { fetch: () => new Response(gate.checkSync(one.request).outcome) }
`,
  )
  const empty = await buildWorker(
    app,
    'empty',
    "export default { fetch: () => new Response('allow') }",
  )
  const answer = async (folder) => {
    const [, ms] = await timed(async () => {
      const server = await serve(folder)
      try {
        const text = await (await fetch(server.url)).text()
        if (text !== 'allow') throw new Error(`${text}: ${server.complaints()}`)
      } finally {
        await server.stop()
      }
    })
    return ms
  }
  const run = async () => ({ wallMs: await answer(first), emptyMs: await answer(empty) })
  return { version: versionOf(join(import.meta.dirname, 'node_modules/.bin/workerd')), run }
}

/** The host's share, compiling the module, is part of the time. */
async function edgeFunction(app) {
  const listener = (body) => `addEventListener('fetch', (event) => event.respondWith(${body}))`
  const built = await buildEdge(
    app,
    'edge.first',
    `
import { createGate } from 'sessiongate'
import { one } from './one.mjs'
const gate = createGate({ ...one.options, clock: () => one.now })
${listener('new Response(gate.checkSync(one.request).outcome)')}
`,
  )
  writeFileSync(join(app.folder, 'edge.code.js'), built.initialCode)
  writeFileSync(join(app.folder, 'edge.empty.js'), listener("new Response('allow')"))
  const script = (code) => `
import { readFileSync } from 'node:fs'
import { EdgeRuntime } from ${JSON.stringify(import.meta.resolve('edge-runtime'))}
const read = (name) => readFileSync(new URL(name, import.meta.url))
const bytes = read('node_modules/sessiongate/dist/wasm/sessiongate_bg.wasm')
const initialCode = read('${code}').toString()
const start = performance.now()
const compiledModule = ${code === 'edge.empty.js' ? 'null' : 'new WebAssembly.Module(bytes)'}
const extend = (context) => Object.assign(context, { compiledModule })
const runtime = new EdgeRuntime({ initialCode, extend })
const text = await (await runtime.dispatchFetch('https://edge.example/')).text()
if (text !== 'allow') throw new Error(text)
console.log(JSON.stringify({ ms: performance.now() - start }))
`
  writeFileSync(join(app.folder, 'edge.first.mjs'), script('edge.code.js'))
  writeFileSync(join(app.folder, 'edge.empty.mjs'), script('edge.empty.js'))
  const run = async () => ({
    wallMs: round((await runScript('node', app, 'edge.first.mjs')).ms),
    emptyMs: round((await runScript('node', app, 'edge.empty.mjs')).ms),
  })
  const { default: manifest } = await import('edge-runtime/package.json', {
    with: { type: 'json' },
  })
  return { version: manifest.version, run }
}

async function browserPage(app) {
  const script = `${MEASURED.replace("'./one.mjs'", "'/one.mjs'")}\nwindow.result = firstDecisionMs`
  const server = await serveApp(app, pageOf(app, script))
  const browser = await launch()
  const run = async () => {
    // A context of its own has an empty cache.
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(server.url)
    const result = await page.waitForFunction(() => window.result, null, { timeout: 30_000 })
    const firstDecisionMs = round(await result.jsonValue())
    await context.close()
    return { firstDecisionMs }
  }
  const stop = async () => {
    await browser.close()
    await server.stop()
  }
  return { version: browser.version(), run, stop }
}

async function timed(work) {
  const start = performance.now()
  const result = await work()
  return [result, round(performance.now() - start)]
}

function versionOf(program) {
  return /\d[\w.-]*/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))[0]
}

/** Hundredths of a millisecond are enough. */
export function round(ms) {
  return Math.round(ms * 100) / 100
}
