// The tarball: what is in it, what its exports lead to, and that it agrees with the core.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { app } from './support.mjs'

const installed = join(app.folder, 'node_modules/sessiongate')
const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
const inRepository = (path) => readFileSync(join(app.root, path), 'utf8')

test('the tarball holds the build, the licences and the notes, nothing else', () => {
  const allowed =
    /^(?:dist\/[\w./-]+|README\.md|CHANGELOG\.md|LICENSE-(?:APACHE|MIT)|package\.json)$/
  assert.deepEqual(
    app.files.filter((path) => !allowed.test(path)),
    [],
  )
  for (const path of ['README.md', 'CHANGELOG.md', 'LICENSE-APACHE', 'LICENSE-MIT']) {
    assert.equal(app.files.includes(path), true, path)
  }
})

test('the package depends on nothing and runs nothing when it is installed', () => {
  for (const name of ['dependencies', 'optionalDependencies']) {
    assert.equal(manifest[name], undefined, name)
  }
  // The frameworks that there are adapters for, and nobody has to have one.
  for (const name of Object.keys(manifest.peerDependencies)) {
    assert.deepEqual(manifest.peerDependenciesMeta[name], { optional: true }, name)
  }
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) {
    assert.equal(manifest.scripts[name], undefined, name)
  }
})

test('every export leads to a file', () => {
  const targets = (value) =>
    typeof value === 'string' ? [value] : Object.values(value).flatMap(targets)
  const missing = targets(manifest.exports).filter((path) => !existsSync(join(installed, path)))
  assert.deepEqual(missing, [])
})

test('conditions stand in the order that every tool resolves right', () => {
  for (const entry of ['.', './slim']) {
    assert.deepEqual(Object.keys(manifest.exports[entry]), [
      'types',
      'workerd',
      'edge-light',
      'deno',
      'bun',
      'node',
      'browser',
      'default',
    ])
  }
})

test('every entry is short and gives the same names', async () => {
  const folder = join(app.root, 'pkg/src/entry')
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8')
    assert.equal(text.split('\n').length <= 11, true, name)
    assert.match(text, /^export \* from '\.\.\/index\.js'$/m, name)
  }
  const names = Object.keys(await import('sessiongate'))
  assert.deepEqual(names, Object.keys(await import('sessiongate/inline')))
  assert.deepEqual(names, Object.keys(await import('sessiongate/slim')))
})

test('the public names', async () => {
  assert.deepEqual(Object.keys(await import('sessiongate')).sort(), [
    'AllowedDomainsClaim',
    'BooleanClaim',
    'ConfigError',
    'CoreError',
    'EmailVerificationClaim',
    'MultiFactorAuthClaim',
    'NeedError',
    'NotReadyError',
    'PermissionClaim',
    'PrimitiveArrayClaim',
    'PrimitiveClaim',
    'RequestError',
    'UserRoleClaim',
    'claimsOr',
    'clerk',
    'createGate',
    'createRouteMatcher',
    'createSessions',
    'decodeToken',
    'oidc',
    'ready',
    'supertokens',
    'validateClaims',
    'verifyJws',
    'verifySignature',
  ])
})

test('require() gives the same package', async () => {
  const require = createRequire(import.meta.url)
  assert.equal(require('sessiongate').createGate, (await import('sessiongate')).createGate)
})

test('the modules are exported, and are those that are inlined', async () => {
  const require = createRequire(import.meta.url)
  for (const [name, inline] of [
    ['core.wasm', 'inline.js'],
    ['scalar.wasm', null],
    ['slim.wasm', 'inline-slim.js'],
  ]) {
    const bytes = readFileSync(require.resolve(`sessiongate/${name}`))
    assert.equal(WebAssembly.validate(bytes), true)
    if (inline === null) continue
    const { default: base64 } = await import(
      new URL(`../node_modules/sessiongate/dist/wasm/${inline}`, import.meta.url)
    )
    assert.equal(bytes.equals(Buffer.from(base64, 'base64')), true, name)
  }
})

test('the union of reasons is the list of the core', () => {
  const codes = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]).sort()
  const core = codes(inRepository('src/reason.rs'), /^ {4}[A-Z]\w+ "([a-z0-9-]+)"$/gm)
  const union = codes(inRepository('pkg/src/reason.ts'), /^ {2}\| '([^']+)'$/gm)
  assert.equal(core.length > 50, true, 'the table of reasons was not found')
  assert.deepEqual(union, core)
})

test('package and core have the same version', () => {
  const [, version] = /^version = "([^"]+)"$/m.exec(inRepository('Cargo.toml'))
  assert.equal(manifest.version, version)
})

test('lock files name no download addresses', () => {
  const apps = readdirSync(join(app.root, 'tests/apps'), { recursive: true })
    .filter((path) => path.endsWith('package-lock.json'))
    .map((path) => dirname(join('tests/apps', path)))
  assert.equal(apps.length > 5, true, 'the applications were not found')
  const others = ['pkg', 'benches/peers', 'tests/js']
  others.push('tests/differential', 'tests/differential/supertokens')
  const folders = [...others, ...apps]
  for (const path of folders.map((folder) => `${folder}/package-lock.json`)) {
    assert.equal(inRepository(path).includes('"resolved"'), false, path)
  }
})

test('the cases are what the generator writes', () => {
  const generator = join(app.root, 'tests/conformance/generate.mjs')
  assert.match(execFileSync(process.execPath, [generator, '--check'], { encoding: 'utf8' }), /\d+/)
})
