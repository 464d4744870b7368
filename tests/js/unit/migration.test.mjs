// The code of the migration pages: before and after give the same answers to the same requests.

import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { testClock, testIssuer } from 'sessiongate/testing'
import { codeOf } from '../documents.mjs'
import { app, serve } from './support.mjs'

/** Lays the code of a page out; returns a function that imports one of its files. */
function pageOf(name) {
  const folder = join(app.folder, `migration-${name}`)
  mkdirSync(folder)
  for (const { name: file, code } of codeOf(app.root, `docs/migration/${name}.md`)) {
    writeFileSync(join(folder, file), code)
  }
  return (file) => import(pathToFileURL(join(folder, file)).href)
}

/** The peers look at the real time, so tokens are of this moment. */
const clock = testClock()

/** What of an answer counts. */
async function seen(answer) {
  const headers = {}
  for (const name of ['location', 'x-clerk-auth-status', 'x-clerk-auth-reason']) {
    headers[name] = answer.headers.get(name)
  }
  return { status: answer.status, headers, body: await answer.text() }
}

async function same(one, other, requests) {
  const statuses = []
  for (const [name, make] of requests) {
    const [expected, actual] = [
      await seen(await one(await make())),
      await seen(await other(await make())),
    ]
    assert.deepEqual(actual, expected, name)
    statuses.push(actual.status)
  }
  return statuses
}

test('Clerk: handlers and tokens', async (t) => {
  const issuer = await testIssuer({ provider: 'clerk', clock })
  const own = {
    CLERK_PUBLISHABLE_KEY: issuer.options.provider.publishableKey,
    CLERK_SECRET_KEY: 'sk_live_never_used',
    CLERK_JWT_KEY: issuer.publicKey,
  }
  Object.assign(process.env, own)
  t.after(() => {
    for (const name of Object.keys(own)) delete process.env[name]
  })
  const page = pageOf('clerk')
  const [{ handler: old }, { handler: ours }] = [
    await page('handler-before.mjs'),
    await page('handler-after.mjs'),
  ]
  const organization = { id: 'org_1', role: 'org:admin' }
  const statuses = await same(old, ours, [
    ['signed in', () => issuer.request('/x', { claims: { plan: 'pro' } })],
    [
      'signed in by header',
      () => issuer.request('/x', { via: 'bearer', version: 1, organization }),
    ],
    ['nobody', () => issuer.request('/x', { via: 'none' })],
    [
      'another application',
      () => issuer.request('/x', { claims: { azp: 'https://evil.example' } }),
    ],
    ['tampered with', () => issuer.request('/x', { tamper: 'signature' })],
    ['an expired page', () => issuer.request('/x', { expired: true, page: true })],
  ])
  assert.deepEqual(statuses, [200, 200, 401, 401, 401, 307])

  const [{ userOf: before }, { userOf: after }] = [
    await page('token-before.mjs'),
    await page('token-after.mjs'),
  ]
  for (const options of [{}, { expired: true }, { tamper: 'signature' }, { tamper: 'alg-none' }]) {
    const token = await issuer.token(options)
    assert.equal(await after(token), await before(token), JSON.stringify(options))
  }

  const { handler } = await page('routes-after.mjs')
  const status = async (path, options) =>
    (await handler(await issuer.request(path, options))).status
  assert.equal(await status('/admin', { organization }), 200)
  assert.equal(await status('/admin'), 403)
  assert.equal(await status('/api/x', { via: 'none' }), 401)
  assert.equal(await status('/dashboard', { via: 'none', page: true }), 307)
  assert.equal(await status('/', { via: 'none' }), 200)
})

test('SuperTokens: sessions and claims', async (t) => {
  const issuer = await testIssuer({ provider: 'supertokens', clock })
  process.env.SUPERTOKENS_CORE = await serve(t, ({ url }, response) => {
    const body = url.endsWith('/jwks.json') ? issuer.jwks : { versions: ['5.0', '5.1', '5.2'] }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
  t.after(() => delete process.env.SUPERTOKENS_CORE)
  const page = pageOf('supertokens-node')
  const [{ handler: old }, { handler: ours }] = [
    await page('token-before.mjs'),
    await page('token-after.mjs'),
  ]
  const via = 'bearer'
  const statuses = await same(old, ours, [
    ['signed in', () => issuer.request('/x', { via, userId: 'u1', claims: { plan: 'pro' } })],
    ['version 3', () => issuer.request('/x', { via, version: 3 })],
    ['version 4', () => issuer.request('/x', { via, version: 4 })],
    ['expired', () => issuer.request('/x', { via, expired: true })],
    ['tampered with', () => issuer.request('/x', { via, tamper: 'signature' })],
    ['cut off', () => issuer.request('/x', { via, tamper: 'truncated' })],
  ])
  assert.deepEqual(statuses, [200, 200, 200, 401, 401, 401])

  const [claimsBefore, claimsAfter] = [
    await page('claims-before.mjs'),
    await page('claims-after.mjs'),
  ]
  const claims = await same(claimsBefore.handler, claimsAfter.handler, [
    ['an admin', () => issuer.request('/x', { via, roles: ['admin'] })],
    ['a user', () => issuer.request('/x', { via, roles: ['user'] })],
  ])
  assert.deepEqual(claims, [200, 403])
})

test('jose: handlers, signatures and errors', async (t) => {
  const issuer = await testIssuer({ provider: 'oidc', clock })
  const url = await serve(t, (_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(issuer.jwks))
  })
  process.env.JWKS_URL = `${url}/jwks`
  t.after(() => delete process.env.JWKS_URL)
  const page = pageOf('jose')
  const [{ handler: old }, { handler: ours }] = [
    await page('handler-before.mjs'),
    await page('handler-after.mjs'),
  ]
  const via = 'bearer'
  const good = () => issuer.request('/x', { via, userId: 'u1' })
  assert.deepEqual(await same(old, ours, [['signed in', good]]), [200])

  const soon = Math.floor(clock.now() / 1000) + 600
  const special = {
    expired: { expired: true },
    iss: { claims: { iss: 'https://evil.example' } },
    aud: { claims: { aud: 'another' } },
    nbf: { claims: { nbf: soon } },
  }
  const text = readFileSync(join(app.root, 'docs/migration/jose.md'), 'utf8')
  const [, table] = /<!-- errors -->\n([\s\S]*?)<!-- \/errors -->/.exec(text)
  const rows = [...table.matchAll(/^\| `([\w-]+)` \| `(\w+)` \| `([\w-]+)` \|$/gm)]
  assert.equal(rows.length, 9)
  for (const [, what, code, reason] of rows) {
    const options = { via, ...(special[what] ?? { tamper: what }) }
    const answers = [
      await old(await issuer.request('/x', options)),
      await ours(await issuer.request('/x', options)),
    ]
    const codes = await Promise.all(answers.map(async (answer) => (await answer.json()).code))
    assert.deepEqual(codes, [code, reason], what)
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 401],
    )
  }

  const [{ payloadOf: before }, { payloadOf: after }] = [
    await page('signature-before.mjs'),
    await page('signature-after.mjs'),
  ]
  const token = await issuer.token({ expired: true })
  assert.equal(await after(token, issuer.publicKey), await before(token, issuer.publicKey))
  const spoiled = await issuer.token({ tamper: 'signature' })
  await assert.rejects(before(spoiled, issuer.publicKey))
  await assert.rejects(after(spoiled, issuer.publicKey))
})
