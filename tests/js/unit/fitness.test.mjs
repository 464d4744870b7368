// Whether the package is fit for those who install it: the judges of the field, loading and bundling.

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { test } from 'node:test'
import { build, transform } from 'esbuild'
import { app } from './support.mjs'

const tools = join(app.root, 'tests/js/node_modules')
const installed = join(app.folder, 'node_modules/sessiongate')
const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
/** Everything that scripts can import. */
const entries = Object.keys(manifest.exports)
  .filter((name) => !/\.(?:wasm|json)$/.test(name))
  .map((name) => join('sessiongate', name))
/** Node 20 and 22 can both `require` a module. */
const NODES = [process.execPath, join(tools, 'node-22/bin/node')]

test('publint has nothing to say', () => {
  const publint = join(tools, 'publint/src/cli.js')
  const said = execFileSync(process.execPath, [publint, '--strict', app.tarball], {
    encoding: 'utf8',
  })
  assert.match(said, /All good!/)
})

test('attw has nothing to say but what is excused', () => {
  // NoResolution: the resolution of Node 10 knows no `exports`. Nothing that runs this package has it,
  // and TypeScript gave it up in version 7.
  // CJSResolvesToESM: `require` gets a module, which TypeScript before 5.8 takes for an error. Node
  // allows it since 20.19 and 22.12; the tests below do it.
  const excused = { NoResolution: ['node10'], CJSResolvesToESM: ['node16-cjs'] }
  const attw = join(tools, '@arethetypeswrong/cli/dist/index.js')
  // Into a file: it ends without waiting until a pipe is read.
  const said = join(app.folder, 'attw.json')
  const file = openSync(said, 'w')
  spawnSync(process.execPath, [attw, app.tarball, '--format', 'json'], {
    stdio: ['ignore', file, 'inherit'],
  })
  closeSync(file)
  const { analysis, problems } = JSON.parse(readFileSync(said, 'utf8'))
  assert.deepEqual(Object.keys(problems).sort(), Object.keys(excused).sort())
  for (const [kind, found] of Object.entries(problems)) {
    const ways = new Set(found.map(({ resolutionKind }) => resolutionKind))
    assert.deepEqual([...ways], excused[kind], kind)
  }
  const entries = Object.keys(analysis.entrypoints).sort()
  assert.deepEqual(entries, Object.keys(manifest.exports).sort())
})

for (const node of NODES) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()

  test(`Node ${version}: require() works, and so does import`, () => {
    const names = entries
    const script = `
      const names = ${JSON.stringify(names)}
      const required = names.map((name) => Object.keys(require(name)).filter(isName).sort())
      function isName(name) { return name !== '__esModule' && name !== 'module.exports' }
      Promise.all(names.map((name) => import(name))).then((modules) => {
        const imported = modules.map((module) => Object.keys(module).filter(isName).sort())
        const { createGate, clerk } = require('sessiongate')
        const { testIssuer } = require('sessiongate/testing')
        return testIssuer({ provider: 'clerk' }).then(async (issuer) => {
          const gate = createGate(issuer.options)
          const { auth } = gate.checkSync(await issuer.request('/'))
          console.log(JSON.stringify({ required, imported, user: auth.userId }))
        })
      })`
    const file = join(app.folder, 'required.cjs')
    writeFileSync(file, script)
    const said = execFileSync(node, ['--no-warnings', file], { encoding: 'utf8' })
    const { required, imported, user } = JSON.parse(said)
    assert.deepEqual(required, imported)
    assert.equal(
      required.every((list) => list.length > 0),
      true,
    )
    assert.equal(user, 'user_test')
  })
}

/** The JavaScript of the package but for the modules in base64, which are large. */
const scripts = readdirSync(join(installed, 'dist'), { recursive: true })
  .filter((path) => path.endsWith('.js') && !/inline[\w-]*\.js$/.test(path.replace('entry/', '')))
  .map((path) => join(installed, 'dist', path))

test('no module waits for anything when it is loaded', async () => {
  const entries = readdirSync(join(installed, 'dist/entry')).filter((name) => name.endsWith('.js'))
  const all = [...scripts, ...entries.map((name) => join(installed, 'dist/entry', name))]
  assert.equal(all.length > 40, true)
  for (const path of all) {
    // There is no such form with a top-level `await` in it.
    const { warnings } = await transform(readFileSync(path, 'utf8'), { format: 'cjs' })
    assert.deepEqual(
      warnings.filter(({ text }) => /await/.test(text)),
      [],
      path,
    )
  }
  await assert.rejects(transform('await 1', { format: 'cjs' }), /Top-level await/)
})

/** What a bundle of these lines becomes. */
async function bundled(lines, options = {}) {
  const { outputFiles } = await build({
    stdin: { contents: lines, resolveDir: app.folder },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: ['node'],
    logLevel: 'silent',
    ...options,
  })
  return outputFiles[0].text
}

test('what `sideEffects` says is true', async () => {
  assert.deepEqual(manifest.sideEffects, ['./dist/entry/*.js'])
  // The entries start the module, even if nothing of them is used.
  assert.match(await bundled("import 'sessiongate'"), /WebAssembly\.Instance/)
  assert.match(await bundled("import { decodeToken } from 'sessiongate'"), /WebAssembly\.Instance/)
  // All others do nothing when they are loaded: what is unused is left out, and where the annotation is
  // not looked at, no line calls anything.
  assert.doesNotMatch(await bundled("import 'sessiongate/testing'"), /\w/)
  for (const path of scripts.filter((one) => !one.includes('/entry/'))) {
    const text = await bundled(`import ${JSON.stringify(path)}`, {
      ignoreAnnotations: true,
      treeShaking: true,
      external: ['*.wasm', 'sessiongate', ...Object.keys(manifest.peerDependencies)],
    })
    const calls = text.split('\n').filter((line) => /^[a-z_$][\w$.]*\(/i.test(line))
    // The glue warms its own decoder up, which nobody else sees.
    if (calls[0] === 'cachedTextDecoder.decode();') calls.shift()
    assert.deepEqual(calls, [], relative(installed, path))
  }
})

test('JSR takes it', () => {
  const folder = join(app.folder, 'jsr')
  execFileSync(process.execPath, [join(app.root, 'pkg/scripts/jsr.mjs'), folder])
  const deno = join(tools, '.bin/deno')
  const { status, stderr } = spawnSync(
    deno,
    ['publish', '--dry-run', '--allow-dirty', '--config', 'jsr.json'],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
    },
  )
  assert.equal(status, 0, stderr)
  assert.match(stderr, /Dry run complete/)
  assert.doesNotMatch(stderr, /warning/)
  assert.match(stderr, /dist\/wasm\/inline\.js/)
  const { version, license } = JSON.parse(readFileSync(join(folder, 'jsr.json'), 'utf8'))
  assert.deepEqual([version, license], [manifest.version, manifest.license])
})

test('the declared glue is the one that wasm-bindgen wrote', async () => {
  const text = readFileSync(join(app.root, 'pkg/src/wasm/sessiongate_bg.d.ts'), 'utf8')
  const glue = await import(
    new URL('../node_modules/sessiongate/dist/wasm/sessiongate_bg.js', import.meta.url)
  )
  for (const [, name] of text.matchAll(/^export function (\w+)\(/gm)) {
    assert.equal(typeof glue[name], 'function', name)
  }
  const classes = [...text.matchAll(/^export class (\w+) \{\n([\s\S]*?)^\}/gm)]
  assert.equal(classes.length > 3, true)
  for (const [, name, body] of classes) {
    const methods = [...body.matchAll(/^ {2}(\w+)\(/gm)].map((match) => match[1])
    for (const method of methods) {
      if (method !== 'constructor') assert.equal(method in glue[name].prototype, true, method)
    }
  }
})

test('resolving leads where the conditions say', () => {
  const require = createRequire(join(app.folder, 'x.cjs'))
  const path = require.resolve('sessiongate')
  assert.equal(relative(installed, path), 'dist/entry/inline.js')
})
