// Sessions through a core on loopback: what is sent to the core, and what to the browser.

import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import {
  BooleanClaim,
  ConfigError,
  CoreError,
  createSessions,
  MultiFactorAuthClaim,
  RequestError,
  supertokens,
} from 'sessiongate'
import { fakeCore, payload, session, token, tokens } from './fake-core.mjs'
import { serve } from './support.mjs'

const NOW = 1_700_000_000_123
const NO_USER = { status: 'UNKNOWN_USER_ID_ERROR' }
const GONE = { status: 'UNAUTHORISED', message: 'm' }
const EPOCH = 'Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax'
const YEAR = 'Expires=Wed, 13 Nov 2024 22:13:20 GMT; HttpOnly; Secure; SameSite=Lax'

function sessionsOf(core, more = {}, provider = {}) {
  const connectionURI = typeof core === 'string' ? core : core.url
  const options = {
    apiDomain: 'https://api.example.com',
    websiteDomain: 'https://example.com',
    apiKey: 'SECRET',
    jwks: { keys: [] },
    connectionURI,
    ...provider,
  }
  return createSessions({ provider: supertokens(options), clock: () => NOW, ...more })
}

const request = (headers = {}, path = '/signin', method = 'POST') => ({
  method,
  url: `https://api.example.com${path}`,
  headers,
})

/** A session made for a client that wants cookies. */
async function made(t, script = {}, more = {}) {
  const core = await fakeCore(t, {
    '/user/id': NO_USER,
    '/public/recipe/session': tokens,
    ...script,
  })
  const sessions = sessionsOf(core, more)
  const wanted = request({ 'st-auth-mode': 'cookie' })
  const one = await sessions.createNewSession(wanted, 'public', 'r', { b: 1, sub: 'evil' })
  return { core, sessions, one }
}

const valuesOf = (headers, name) =>
  headers.filter(([key]) => key === name).map(([, value]) => value)

test('a session is made as the peer makes it', async (t) => {
  const { core, one } = await made(t)
  assert.deepEqual(core.lines(), [
    'GET /user/id?userId=r',
    'POST /public/recipe/session {"userId":"r","userDataInJWT":{"b":1,"iss":"https://api.example.com/auth"},' +
      '"userDataInDatabase":{},"useDynamicSigningKey":true,"enableAntiCsrf":false}',
  ])
  const front = { uid: 'u', ate: 1_700_003_600_000, up: payload }
  assert.deepEqual(one.headers, [
    ['front-token', Buffer.from(JSON.stringify(front)).toString('base64')],
    ['access-control-expose-headers', 'front-token'],
    ['set-cookie', `sAccessToken=${token(payload)}; Path=/; ${YEAR}`],
    [
      'set-cookie',
      `sRefreshToken=r%2B%2F%3D; Path=/auth/session/refresh; ${YEAR.replace(/Expires=[^;]*/, 'Expires=Tue, 14 Nov 2023 22:13:20 GMT')}`,
    ],
  ])
  assert.deepEqual(
    [one.getUserId(), one.getRecipeUserId().getAsString(), one.getTenantId(), one.getHandle()],
    ['u', 'r', 'public', 'h'],
  )
  assert.deepEqual(one.getAccessTokenPayload(), payload)
  assert.deepEqual(one.getAllSessionTokensDangerously(), {
    accessToken: token(payload),
    accessAndFrontTokenUpdated: true,
    refreshToken: 'r+/=',
    frontToken: one.headers[0][1],
    antiCsrfToken: undefined,
  })
})

test('requests carry version, key and recipe', async (t) => {
  const { core } = await made(t)
  const [version, user, create] = core.asked
  assert.equal(
    version.url,
    '/apiversion?apiDomain=https%3A%2F%2Fapi.example.com&websiteDomain=https%3A%2F%2Fexample.com',
  )
  const seen = ({ headers }) =>
    ['cdi-version', 'content-type', 'api-key', 'rid'].map((name) => headers[name])
  assert.deepEqual(seen(version), [undefined, undefined, 'SECRET', undefined])
  assert.deepEqual(seen(user), ['5.4', undefined, 'SECRET', undefined])
  const json = 'application/json; charset=utf-8'
  assert.deepEqual(seen(create), ['5.4', json, 'SECRET', 'session'])
  assert.equal(user.headers['cache-control'], 'no-cache')
})

test('the application may add claims while a session is made', async (t) => {
  const seen = []
  const functions = (original) => ({
    async createNewSession(input) {
      seen.push([input.userId, input.recipeUserId.getAsString(), input.tenantId])
      input.accessTokenPayload = { ...input.accessTokenPayload, role: 'user' }
      return original.createNewSession(input)
    },
  })
  const user = { '/user/id': { status: 'OK', user: { id: 'primary' } } }
  const { core } = await made(t, user, { override: { functions } })
  assert.deepEqual(seen, [['primary', 'r', 'public']])
  const body = JSON.parse(core.asked.at(-1).body)
  const iss = 'https://api.example.com/auth'
  assert.deepEqual(body.userDataInJWT, { b: 1, iss, role: 'user' })
})

test('a change of the claims reaches the core and the browser at once', async (t) => {
  const changed = { ...payload, newKey: 'newValue' }
  const accessToken = { token: token(changed), expiry: 1_700_003_600_000 }
  const script = { '/recipe/session/regenerate': { status: 'OK', session, accessToken } }
  const { core, one } = await made(t, script)
  const attached = new Headers()
  one.attachTo(attached)
  assert.deepEqual(await one.mergeIntoAccessTokenPayload({ newKey: 'newValue', b: null }), {
    ok: true,
  })
  const sent = { accessToken: token(payload), userDataInJWT: { newKey: 'newValue' } }
  assert.equal(core.lines().at(-1), `POST /recipe/session/regenerate ${JSON.stringify(sent)}`)
  assert.deepEqual(one.getAccessTokenPayload(), changed)
  assert.equal(one.getAccessToken(), accessToken.token)
  const cookies = attached.getSetCookie()
  assert.deepEqual(
    cookies.map((cookie) => cookie.split('=')[0]),
    ['sRefreshToken', 'sAccessToken'],
  )
  assert.ok(cookies[1].startsWith(`sAccessToken=${accessToken.token};`))
  const { frontToken } = one.getAllSessionTokensDangerously()
  assert.equal(attached.get('front-token'), frontToken)
  assert.deepEqual(JSON.parse(Buffer.from(frontToken, 'base64')).up, changed)
})

test('a change of an expired session is kept in the database', async (t) => {
  const script = { '/recipe/session/regenerate': { status: 'OK', session } }
  const { one } = await made(t, script)
  const before = one.headers
  assert.deepEqual(await one.mergeIntoAccessTokenPayload({ n: 1 }), { ok: true })
  assert.deepEqual(one.headers, before)
  assert.deepEqual(one.getAccessTokenPayload(), { ...payload, n: 1 })
})

test('a session that is gone is a value, and the browser forgets it', async (t) => {
  const { one } = await made(t, { '/recipe/session/regenerate': GONE })
  const change = await one.mergeIntoAccessTokenPayload({ n: 1 })
  assert.deepEqual(
    [change.ok, change.reason, change.detail, change.status, change.body],
    [false, 'unauthorised', 'session-revoked', 401, '{"message":"unauthorised"}'],
  )
  assert.deepEqual(valuesOf(change.headers, 'set-cookie'), [
    `sAccessToken=; Path=/; ${EPOCH}`,
    `sRefreshToken=; Path=/auth/session/refresh; ${EPOCH}`,
  ])
  assert.deepEqual(one.headers, change.headers)
  const response = change.toResponse()
  assert.equal(response.status, 401)
  assert.equal(response.headers.get('front-token'), 'remove')
  assert.deepEqual(await response.json(), { message: 'unauthorised' })
})

test('claims are set and removed by their objects', async (t) => {
  const { core, sessions, one } = await made(t, {
    '/recipe/session/regenerate': { status: 'OK', session },
    '/recipe/session': { status: 'OK', ...information },
    '/recipe/jwt/data': { status: 'OK' },
  })
  const claim = new BooleanClaim({ key: 'st-x' })
  await one.setClaimValue(claim, true)
  await one.removeClaim(claim)
  await one.setClaimValue(MultiFactorAuthClaim, { c: { totp: 1 }, v: true })
  const merged = core.asked.slice(-3).map(({ body }) => JSON.parse(body).userDataInJWT)
  assert.deepEqual(merged[0]['st-x'], { v: true, t: NOW })
  assert.equal('st-x' in merged[1], false)
  assert.deepEqual(merged[2]['st-mfa'], { c: { totp: 1 }, v: true })
  assert.equal(await one.getClaimValue(claim), undefined)
  assert.equal(await sessions.setClaimValue('h', claim, false), true)
  assert.deepEqual(JSON.parse(core.asked.at(-1).body), {
    sessionHandle: 'h',
    userDataInJWT: { z: 1, 'st-y': { v: false, t: 1 }, 'st-x': { v: false, t: NOW } },
  })
  assert.equal(await sessions.removeClaim('h', new BooleanClaim({ key: 'z' })), true)
  const y = new BooleanClaim({ key: 'st-y' })
  assert.deepEqual(await sessions.getClaimValue('h', y), { status: 'OK', value: false })
})

const information = {
  sessionHandle: 'h',
  userId: 'u',
  recipeUserId: 'r',
  tenantId: 't',
  timeCreated: 1,
  expiry: 2,
  userDataInDatabase: { d: 1 },
  userDataInJWT: { z: 1, 'st-y': { v: false, t: 1 } },
}

test('sessions are looked up, changed and ended by their handles', async (t) => {
  const core = await fakeCore(t, {
    '/recipe/session': [{ status: 'OK', ...information }, GONE, GONE, GONE],
    '/recipe/session/user': { status: 'OK', sessionHandles: ['a'] },
    '/t1/recipe/session/user': { status: 'OK', sessionHandles: [] },
    '/recipe/session/remove': { status: 'OK', sessionHandlesRevoked: ['h'] },
    '/t1/recipe/session/remove': { status: 'OK', sessionHandlesRevoked: [] },
    '/recipe/session/data': [{ status: 'OK' }, GONE],
  })
  const sessions = sessionsOf(core)
  const found = await sessions.getSessionInformation('h')
  assert.equal(found.recipeUserId.getAsString(), 'r')
  assert.deepEqual(found.customClaimsInAccessTokenPayload, information.userDataInJWT)
  assert.deepEqual([found.timeCreated, found.expiry, found.tenantId], [1, 2, 't'])
  assert.equal(await sessions.getSessionInformation('h'), undefined)
  assert.equal(await sessions.mergeIntoAccessTokenPayload('h', { a: 1 }), false)
  const missing = { status: 'SESSION_DOES_NOT_EXIST_ERROR' }
  assert.deepEqual(await sessions.getClaimValue('h', new BooleanClaim({ key: 'x' })), missing)
  assert.deepEqual(await sessions.getAllSessionHandlesForUser('u'), ['a'])
  assert.deepEqual(await sessions.getAllSessionHandlesForUser('u', false, 't1'), [])
  assert.equal(await sessions.revokeSession('h'), true)
  assert.deepEqual(await sessions.revokeMultipleSessions(['h', 'i']), ['h'])
  assert.deepEqual(await sessions.revokeAllSessionsForUser('u'), ['h'])
  assert.deepEqual(await sessions.revokeAllSessionsForUser('u', false, 't1'), [])
  assert.equal(await sessions.updateSessionDataInDatabase('h', { d: 2 }), true)
  assert.equal(await sessions.updateSessionDataInDatabase('h', null), false)
  assert.deepEqual(core.lines().slice(4), [
    'GET /recipe/session/user?userId=u&fetchSessionsForAllLinkedAccounts=true&fetchAcrossAllTenants=true',
    'GET /t1/recipe/session/user?userId=u&fetchSessionsForAllLinkedAccounts=false&fetchAcrossAllTenants=false',
    'POST /recipe/session/remove {"sessionHandles":["h"]}',
    'POST /recipe/session/remove {"sessionHandles":["h","i"]}',
    'POST /recipe/session/remove {"userId":"u","revokeSessionsForLinkedAccounts":true,"revokeAcrossAllTenants":true}',
    'POST /t1/recipe/session/remove {"userId":"u","revokeSessionsForLinkedAccounts":false,"revokeAcrossAllTenants":false}',
    'PUT /recipe/session/data {"sessionHandle":"h","userDataInDatabase":{"d":2}}',
    'PUT /recipe/session/data {"sessionHandle":"h","userDataInDatabase":{}}',
  ])
})

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwks = {
  keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'd-1', alg: 'RS256', use: 'sig' }],
}

/** A token that is really signed. */
function signed(claims = {}) {
  const exp = Math.floor(NOW / 1000) + 60
  const whole = {
    ...payload,
    iat: exp - 60,
    exp,
    sessionHandle: 'h',
    refreshTokenHash1: 'x',
    ...claims,
  }
  const input = token(whole).split('.').slice(0, 2).join('.')
  return `${input}.${sign('sha256', Buffer.from(input), keys.privateKey).toString('base64url')}`
}

test('the session of a request is found, changed and ended', async (t) => {
  const core = await fakeCore(t, {
    '/recipe/session/regenerate': tokens,
    '/recipe/session/remove': { status: 'OK', sessionHandlesRevoked: [] },
  })
  const sessions = sessionsOf(core, {}, { jwks })
  const cookie = `sAccessToken=${signed()}`
  const found = await sessions.getSession(request({ cookie, 'anti-csrf': 'c' }))
  assert.equal(found.ok, true)
  assert.deepEqual([found.session.getHandle(), found.session.headers], ['h', []])
  assert.equal(found.session.getAllSessionTokensDangerously().antiCsrfToken, 'c')
  assert.equal(core.asked.length, 0)
  await found.session.mergeIntoAccessTokenPayload({ a: 1 })
  assert.equal(valuesOf(found.session.headers, 'set-cookie').length, 1)
  const out = await sessions.signOut(request({ cookie }, '/auth/signout'))
  assert.deepEqual([out.ok, out.status, out.body], [true, 200, '{"status":"OK"}'])
  assert.equal(out.toResponse().headers.get('front-token'), 'remove')
  assert.equal(core.lines().at(-1), 'POST /recipe/session/remove {"sessionHandles":["h"]}')
  const alone = await sessions.getSessionWithoutRequestResponse(signed())
  assert.equal(alone.session.getUserId(), 'u')
  await alone.session.revokeSession()
  assert.deepEqual(alone.session.headers, [])
})

test('the core is asked for what only it can tell', async (t) => {
  const renewed = { token: signed({ b: 2 }), expiry: NOW + 60_000 }
  const core = await fakeCore(t, {
    '/recipe/session/verify': [{ status: 'OK', session, accessToken: renewed }, GONE],
  })
  const sessions = sessionsOf(core, {}, { jwks })
  const cookie = `sAccessToken=${signed({ parentRefreshTokenHash1: 'p' })}`
  const found = await sessions.getSession(request({ cookie }))
  assert.equal(found.session.getAccessTokenPayload().b, 2)
  assert.ok(valuesOf(found.session.headers, 'set-cookie')[0].includes(renewed.token))
  const other = `sAccessToken=${signed({ c: 1 })}`
  const options = { checkDatabase: true, sessionRequired: false }
  const gone = await sessions.getSession(request({ cookie: other }), options)
  assert.deepEqual([gone.ok, gone.detail], [false, 'session-revoked'])
})

test('no session is a value', async (t) => {
  const sessions = sessionsOf(await fakeCore(t, {}), {}, { jwks })
  const refused = await sessions.getSession(request())
  assert.deepEqual([refused.ok, refused.reason, refused.status], [false, 'unauthorised', 401])
  assert.deepEqual(refused.headers, [])
  const optional = { sessionRequired: false }
  assert.deepEqual(await sessions.getSession(request(), optional), { ok: true, session: null })
  const expired = `sAccessToken=${signed({ exp: 1 })}`
  const old = await sessions.getSession(request({ cookie: expired }), optional)
  assert.deepEqual([old.reason, old.detail], ['try-refresh-token', 'token-expired'])
  assert.equal((await sessions.signOut(request({ cookie: expired }))).ok, false)
  const claim = new BooleanClaim({ key: 'x' })
  const claimValidators = [claim.validators.isTrue()]
  const asked = await sessions.getSession(request({ cookie: `sAccessToken=${signed()}` }), {
    claimValidators,
  })
  assert.deepEqual([asked.status, asked.claimErrors.length], [403, 1])
  assert.deepEqual(JSON.parse(asked.body).claimValidationErrors, asked.claimErrors)
})

test('a session is refreshed, or the reason why not is a value', async (t) => {
  const theft = { status: 'TOKEN_THEFT_DETECTED', session }
  const core = await fakeCore(t, {
    '/recipe/session/refresh': [tokens, theft],
    '/recipe/session/remove': { status: 'OK', sessionHandlesRevoked: ['h'] },
  })
  const sessions = sessionsOf(core)
  const path = '/auth/session/refresh'
  const wanted = request({ cookie: 'sRefreshToken=old; sIdRefreshToken=x' }, path)
  const refreshed = await sessions.refreshSession(wanted)
  assert.equal(refreshed.ok, true)
  const names = valuesOf(refreshed.session.headers, 'set-cookie').map((one) => one.split('=')[0])
  assert.deepEqual(names, ['sAccessToken', 'sRefreshToken', 'sIdRefreshToken'])
  const stolen = await sessions.refreshSession(wanted)
  assert.deepEqual(
    [stolen.ok, stolen.reason, stolen.status, stolen.body],
    [false, 'token-theft-detected', 401, '{"message":"token theft detected"}'],
  )
  assert.deepEqual(core.lines(), [
    'POST /recipe/session/refresh {"refreshToken":"old","enableAntiCsrf":false,"useDynamicSigningKey":true}',
    'POST /recipe/session/refresh {"refreshToken":"old","enableAntiCsrf":false,"useDynamicSigningKey":true}',
    'POST /recipe/session/remove {"sessionHandles":["h"]}',
  ])
  const none = await sessions.refreshSession(request({}, path))
  assert.deepEqual([none.reason, none.detail], ['unauthorised', 'refresh-token-missing'])
  const twice = await sessions.refreshSession(
    request({ cookie: 'sRefreshToken=a; sRefreshToken=b' }, path),
  )
  assert.deepEqual([twice.status, twice.reason], [500, 'duplicate-refresh-cookies'])
  const older = sessionsOf(core, {}, { olderCookieDomain: 'example.com' })
  const cleared = await older.refreshSession(
    request({ cookie: 'sRefreshToken=a; sRefreshToken=b' }, path),
  )
  assert.deepEqual([cleared.status, cleared.reason], [200, 'duplicate-cookies-cleared'])
})

test('how tokens travel may depend on the request', async (t) => {
  const core = await fakeCore(t, { '/user/id': NO_USER, '/public/recipe/session': tokens })
  const asked = []
  const sessions = sessionsOf(core, {
    getTokenTransferMethod: ({ req, forCreateNewSession }) => {
      asked.push([req.url, forCreateNewSession])
      return 'cookie'
    },
  })
  const one = await sessions.createNewSession(request(), 'public', { getAsString: () => 'r' })
  assert.equal(valuesOf(one.headers, 'set-cookie').length, 2)
  const found = await sessions.getSession(request({ authorization: `Bearer ${token(payload)}` }))
  assert.equal(found.detail, 'token-missing')
  const url = 'https://api.example.com/signin'
  assert.deepEqual(asked, [
    [url, true],
    [url, false],
  ])
})

test('headers go to every kind of answer and replace what is old', async (t) => {
  const { one } = await made(t, {
    '/recipe/session/remove': { status: 'OK', sessionHandlesRevoked: [] },
  })
  const seen = await new Promise((resolve, reject) => {
    const server = createServer(async (_, answer) => {
      answer.setHeader('Set-Cookie', ['sAccessToken=old', 'other=1', 'sAccessTokenX=1'])
      answer.setHeader('Access-Control-Expose-Headers', 'X-Mine')
      answer.setHeader('anti-csrf', 'old')
      one.attachTo(answer)
      await one.revokeSession()
      answer.end()
      resolve(answer.getHeaders())
    })
    t.after(() => server.close())
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      fetch(`http://127.0.0.1:${server.address().port}`).catch(reject)
    })
  })
  assert.deepEqual(seen['set-cookie'], [
    'other=1',
    'sAccessTokenX=1',
    `sAccessToken=; Path=/; ${EPOCH}`,
    `sRefreshToken=; Path=/auth/session/refresh; ${EPOCH}`,
  ])
  assert.equal(seen['access-control-expose-headers'], 'X-Mine, front-token')
  assert.deepEqual([seen['front-token'], seen['anti-csrf']], ['remove', undefined])
  const immutable = await fetch(await serve(t, (_, response) => response.end('body')))
  const copy = one.applyTo(immutable)
  assert.notEqual(copy, immutable)
  assert.deepEqual([copy.headers.get('front-token'), await copy.text()], ['remove', 'body'])
  const mine = new Response('x')
  assert.equal(one.applyTo(mine), mine)
  assert.equal(mine.headers.get('cache-control'), 'private, no-store')
  assert.equal(seen['cache-control'], 'private, no-store')
  const own = new Headers({ 'cache-control': 'no-cache' })
  assert.equal(one.applyTo(own).get('cache-control'), 'no-cache')
})

test('the next core is asked when one cannot be reached', async (t) => {
  const core = await fakeCore(t, { '/recipe/session/user': { status: 'OK', sessionHandles: [] } })
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const closed = `http://127.0.0.1:${server.address().port}`
  await new Promise((resolve) => server.close(resolve))
  const sessions = sessionsOf(`${closed};${core.url}`)
  assert.deepEqual(await sessions.getAllSessionHandlesForUser('u'), [])
  assert.deepEqual(await sessions.getAllSessionHandlesForUser('u'), [])
  assert.equal(core.lines().length, 2)
})

test('a core that cannot be asked is an error with a code', async (t) => {
  const core = await fakeCore(t, {
    '/recipe/session/user': [
      (response) => response.writeHead(500).end('SECRET inside'),
      (response) => response.end('<html>'),
      (response) => {
        response.writeHead(200, { 'content-length': '100' })
        response.write('{')
        setTimeout(() => response.destroy(), 50)
      },
    ],
  })
  const sessions = sessionsOf(core)
  const error = async (call) => {
    const thrown = await call().then(
      () => assert.fail('nothing was thrown'),
      (thrown) => thrown,
    )
    assert.ok(thrown instanceof CoreError, String(thrown))
    assert.equal(thrown.message.includes('SECRET'), false)
    return [thrown.code, thrown.status]
  }
  const handles = () => sessions.getAllSessionHandlesForUser('u')
  assert.deepEqual(await error(handles), ['core-status', 500])
  assert.deepEqual(await error(handles), ['core-answer-malformed', null])
  assert.deepEqual(await error(handles), ['core-answer-incomplete', null])
  const without = sessionsOf('')
  assert.deepEqual(await error(() => without.revokeSession('h')), ['core-missing', null])
  const old = await fakeCore(t, { '/apiversion': { versions: ['4.0'] } })
  const code = await error(() => sessionsOf(old).revokeSession('h'))
  assert.deepEqual(code, ['core-version-unsupported', null])
})

test('misuse is told at once', async (t) => {
  const core = await fakeCore(t, {})
  const sessions = sessionsOf(core)
  const option = (name) => (thrown) => thrown instanceof ConfigError && thrown.option === name
  await assert.rejects(sessions.createNewSession(request(), '../x', 'r'), option('tenantId'))
  await assert.rejects(sessions.createNewSession(request(), 'public', 7), option('recipeUserId'))
  await assert.rejects(
    sessions.createNewSession(request(), 'public', 'r', []),
    option('accessTokenPayload'),
  )
  await assert.rejects(sessions.getSession({ method: 'GET', url: '/x', headers: {} }), RequestError)
  await assert.rejects(sessions.getSession(request(), { x: 1 }), option('options.x'))
  const bad = { getTokenTransferMethod: () => 'pigeon' }
  await assert.rejects(
    sessionsOf(core, bad).createNewSession(request(), 'public', 'r'),
    option('tokenTransferMethod'),
  )
  assert.throws(() => createSessions(), option('options'))
  assert.throws(() => createSessions({ provider: { kind: 'clerk' } }), option('provider'))
  assert.throws(() => sessionsOf(core, { clock: 1 }), option('clock'))
  assert.throws(
    () => sessionsOf(core, { override: { functions: 1 } }),
    option('override.functions'),
  )
  assert.throws(
    () => sessionsOf(core, {}, { cookieDomain: 'a;b' }),
    option('provider.cookieDomain'),
  )
  assert.equal(core.asked.length, 0)
})
