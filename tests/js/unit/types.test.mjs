// The public types: what must compile does, and what must not does not.

import assert from 'node:assert/strict'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { compiled } from './compile.mjs'
import { app } from './support.mjs'

const sources = fileURLToPath(new URL('types', import.meta.url))

/** Compiles a file as an application would and returns what the compiler says. */
function complaints(name, compilerOptions = {}) {
  const folder = join(app.folder, `types-${name}`)
  cpSync(join(sources, name), folder, { recursive: true })
  return compiled(folder, compilerOptions)
}

test('what an application writes compiles', () => assert.equal(complaints('application'), ''))

test('claims that are declared globally are typed', () => assert.equal(complaints('claims'), ''))

test('a schema gives claims their type', () => assert.equal(complaints('schema'), ''))

test('it compiles with module resolution as bundlers have it', () =>
  assert.equal(complaints('application', { module: 'esnext', moduleResolution: 'bundler' }), ''))

test('what must not compile does not', () => {
  // Each line below `@ts-expect-error` must fail: the compiler complains about one that does not.
  assert.equal(complaints('mistakes'), '')
})

test('the mistakes are as many as there were', () => {
  // A file that lost its mistakes would compile as well.
  const count = (name) => {
    const text = readFileSync(join(sources, name), 'utf8')
    return text.match(/@ts-expect-error: \S/g)?.length ?? 0
  }
  assert.deepEqual(
    ['mistakes/main.ts', 'mistakes/sessions.ts', 'schema/main.ts', 'claims/main.ts'].map(count),
    [48, 10, 7, 1],
  )
})

test('the compiler does look at the types of the package', () => {
  assert.match(complaints('wrong'), /Property 'chek' does not exist on type 'Gate/)
})
