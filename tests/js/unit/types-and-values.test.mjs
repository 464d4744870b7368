// The public types against the code: the names that there are, and what the gate really answers.

import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createGate, decodeToken, verifyJws } from 'sessiongate'
import { cases } from '../cases.mjs'
import { compiled } from './compile.mjs'
import { app } from './support.mjs'

/** What the compiler says of a file with this text. */
function complaints(name, text) {
  const folder = join(app.folder, `values-${name}`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'main.ts'), text)
  return compiled(folder)
}

const { exports } = JSON.parse(
  readFileSync(join(app.folder, 'node_modules/sessiongate/package.json')),
)
const ENTRIES = Object.keys(exports)
  .filter((name) => !/\.(?:wasm|json)$/.test(name))
  .map((name) => join('sessiongate', name))

test('what can be imported is declared, and the other way round', async () => {
  const lines = []
  for (const [i, entry] of ENTRIES.entries()) {
    const values = Object.fromEntries(Object.keys(await import(entry)).map((name) => [name, true]))
    lines.push(`import * as entry${i} from '${entry}'`)
    lines.push(`const names${i} = ${JSON.stringify(values)} as const`)
    lines.push(`names${i} satisfies Record<keyof typeof entry${i}, true>`)
    lines.push(`entry${i} satisfies Record<keyof typeof names${i}, unknown>`)
  }
  assert.equal(complaints('names', lines.join('\n')), '')
  lines.push('({ createGate: true }) satisfies Record<keyof typeof entry0, true>')
  assert.match(complaints('names-wrong', lines.join('\n')), /is missing the following properties/)
})

/** Of many answers one of each shape: the compiler takes its time. */
function oneOfEach(values) {
  const shape = (value) => {
    if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value
    if (Array.isArray(value)) return `[${[...new Set(value.map(shape))].join()}]`
    return `{${Object.entries(value)
      .map(([name, one]) => `${name}:${shape(one)}`)
      .join()}}`
  }
  return [...new Map(values.map((value) => [shape(value), value])).values()]
}

/** Without methods, and as an application writes it down: claims are whatever they are. */
const HEAD = `
import type { Auth, AuthState, Decision, DecodedToken, Jwk, JwsResult, TokenResult } from 'sessiongate'
type PlainAuth = Omit<Auth, 'has' | 'getToken' | 'sessionClaims'> & { sessionClaims?: object | null }
type PlainState = Omit<AuthState, 'auth'> & { auth: PlainAuth }
type PlainDecision = Omit<Decision, 'toResponse' | 'toJSON' | 'auth' | 'state'> & {
  auth: PlainAuth
  state: PlainState
}
type PlainToken = TokenResult extends infer T ? T extends { ok: true } ? Omit<T, 'claims'> & { claims: object } : T : never
`

test('what the gate answers has the types that it says', () => {
  const decisions = []
  const tokens = []
  for (const { now, options, request } of cases) {
    if (request === undefined) continue
    try {
      const gate = createGate({ ...options, clock: () => now })
      const { routes: _, ...decision } = JSON.parse(JSON.stringify(gate.checkSync(request)))
      // Rules are what the application gave.
      decisions.push({ ...decision, rule: null })
      const token = /[\w-]+\.[\w-]+\.[\w-]*/.exec(JSON.stringify(request.headers ?? {}))?.[0]
      if (token !== undefined) tokens.push(gate.verifyTokenSync(token))
    } catch (error) {
      // Other checks look at what is thrown; here is what is answered.
      assert.match(error.name, /^(?:NeedError|RequestError|ConfigError)$/)
    }
  }
  const shapes = [oneOfEach(decisions), oneOfEach(tokens)]
  assert.equal(
    shapes[0].length > 40 && shapes[1].length > 5,
    true,
    shapes.map((s) => s.length).join(),
  )
  const some = tokens.find(({ ok }) => ok)
  assert.equal(some.ok, true)
  const states = decisions.map(({ state }) => state.status)
  assert.deepEqual([...new Set(states)].sort(), [
    'handshake',
    'invalid-claims',
    'needs-origin',
    'refresh',
    'signed-in',
    'signed-out',
  ])
  const text = [
    HEAD,
    ...shapes[0].map((one) => `({${JSON.stringify(one).slice(1, -1)}}) satisfies PlainDecision`),
    ...shapes[1].map((one) => `({${JSON.stringify(one).slice(1, -1)}}) satisfies PlainToken`),
  ].join('\n')
  assert.equal(complaints('answers', text), '')
  const wrong = `${HEAD}\n({ ok: true, header: {}, claims: {} }) satisfies PlainToken`
  assert.match(complaints('answers-wrong', wrong), /alg/)
})

test('what single tokens answer has the types that it says', () => {
  const decoded = [decodeToken('a.b.c'), decodeToken('eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1In0.')]
  const refused = verifyJws('a.b.c', { secret: new Uint8Array(32), algorithms: ['HS256'] })
  assert.deepEqual([decoded.map(({ ok }) => ok), refused.ok], [[false, true], false])
  const text = [
    HEAD,
    ...decoded.map((one) => `(${JSON.stringify(one)}) satisfies DecodedToken`),
    `(${JSON.stringify(refused)}) satisfies JwsResult`,
  ].join('\n')
  assert.equal(complaints('tokens', text), '')
})
