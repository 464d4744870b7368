// A browser, without any bundler: an import map leads to the file that the package names for it.

import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { chromium as browsers } from 'playwright-core'

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Serves the app's files on loopback, and `page` at `/`. */
export async function serveApp(app, page) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    try {
      const body = pathname === '/' ? page : await readFile(join(app.folder, normalize(pathname)))
      response.setHeader('content-type', TYPES[extname(pathname) || '.html'] ?? 'text/plain')
      response.setHeader(
        'content-security-policy',
        "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
      )
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${server.address().port}/`, stop }
}

/** The page whose import map is made from the conditions that a browser has. */
export function pageOf(app, script) {
  const root = join(app.folder, 'node_modules/sessiongate/package.json')
  const { exports } = JSON.parse(readFileSync(root, 'utf8'))
  const address = (name) => {
    const { browser, default: common } = exports[name]
    return `/node_modules/sessiongate/${browser ?? common}`
  }
  const imports = {
    sessiongate: address('.'),
    'sessiongate/slim': address('./slim'),
    'sessiongate/testing': address('./testing'),
  }
  return `<!doctype html><meta charset="utf-8"><title>sessiongate</title>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">${script}</script>`
}

/** Milliseconds; the browser shares the machine with all the other runtimes. */
const PATIENCE = 240_000

export function launch() {
  return browsers.launch({ executablePath: '/usr/bin/chromium', headless: true, args: FLAGS })
}

const SCRIPT = `
import * as api from 'sessiongate'
import { cases } from '/cases.mjs'
import { equal, run, throws } from '/suite/check.mjs'
import { suite } from '/suite/suite.mjs'
const provider = cases[0].options.provider
const before = await run([
  ['before ready(), a gate says that it is not ready', () =>
    throws(() => api.createGate({ provider }), 'NotReadyError', 'not-ready')],
  ['before ready(), a token cannot be decoded', () =>
    throws(() => api.decodeToken('a.b.c'), 'NotReadyError', 'not-ready')],
  ['ready() may be called at once by many', () => Promise.all([api.ready(), api.ready()])],
  ['after ready(), a gate can be made', () => equal(typeof api.createGate({ provider }).check, 'function')],
])
const after = await suite(api, cases, { isBrowser: true })
window.result = { passed: before.passed + after.passed, failed: [...before.failed, ...after.failed] }
`

export function chromium(app) {
  return resultOf(app, SCRIPT)
}

/** Opens a page with this script and waits for `window.result`. */
export async function resultOf(app, script) {
  const server = await serveApp(app, pageOf(app, script))
  const browser = await launch()
  try {
    const page = await browser.newPage()
    const problems = []
    page.on('pageerror', (error) => problems.push(String(error)))
    await page.goto(server.url, { waitUntil: 'commit', timeout: PATIENCE })
    const result = await page.waitForFunction(() => window.result, null, { timeout: PATIENCE })
    if (problems.length > 0) throw new Error(problems.join('\n'))
    return await result.jsonValue()
  } finally {
    await browser.close()
    await server.stop()
  }
}
