// How the time of one decision grows with what it has to look at; in Node.
//
//   node growth.mjs [--quick] [--run N]
//
// Tokens have been seen before, so that the signature does not hide the rest. Requests are made
// outside the time, and every answer is looked at inside.

import { generateKeyPairSync, sign } from 'node:crypto'
import { clerk, createGate, oidc } from 'sessiongate'
import { optionsOf } from './lib/options.mjs'
import { summaryOf } from './lib/statistics.mjs'
import { digits, textTable } from './lib/table.mjs'
import { inTurns } from './lib/turns.mjs'
import { makeMaterial } from './material.mjs'
import { otherCookies, userOf } from './visitors.mjs'

const options = optionsOf()
const length = options.quick
  ? { rounds: 5, calls: 100, warmUp: 200 }
  : { rounds: 40, calls: 200, warmUp: 2000 }
const largest = options.quick ? 1000 : 100_000

const WARM = 50
const ISSUER = 'https://issuer.example.com'
const { clerk: instance } = makeMaterial(WARM)
const { publicKey, privateKey } = generateKeyPairSync('ed25519')

const curves = []
await measure('routes', 'routes', [1, 3, 10, 30, 100, 300, 1000], routes)
await measure('cookies', 'KB of cookies', [2, 4, 8, 16, 32, 64], cookies)
await measure('tokens', 'cached tokens', upTo([1, 10, 100, 1000, 10_000, 100_000], largest), tokens)
await measure('keys', 'keys in the key set', [1, 3, 10, 30, 100, 300, 1000], keys)
await measure('concurrent', 'requests at a time', [1, 10, 100, 1000], concurrent)
options.keep('growth', { version: process.versions.node, curves })

/** One curve: `subjectOf(size)` gives what is measured at each size. */
async function measure(name, of, sizes, subjectOf) {
  const subjects = sizes.map(subjectOf)
  const times = await inTurns(subjects, length)
  const points = sizes.map((size, place) => {
    const perDecision = times[place].map((us) => us / (subjects[place].decisions ?? 1))
    return { size, us: summaryOf(perDecision) }
  })
  curves.push({ name, of, points })
  const rows = points.map(({ size, us: [middle, low, high] }) => {
    return [String(size), digits(middle), `${digits(low)}–${digits(high)}`]
  })
  console.log(textTable([[of, 'us', 'spread'], ...rows]))
}

function upTo(sizes, limit) {
  return sizes.filter((size) => size <= limit)
}

/** The last of so many routes is the one that fits. */
function routes(count) {
  const routes = Array.from({ length: count }, (_, place) => {
    return { path: `/area-${place}/:id(.*)`, access: 'signed-in' }
  })
  const path = `/area-${count - 1}/42/settings`
  return subject(clerkGate({ routes }), () => ({ path, cookie: clerkCookie(450) }))
}

/** Cookies of so many KB beside the session's. */
function cookies(kilobytes) {
  const budget = { cookieBytes: 128 * 1024 }
  const cookie = clerkCookie(kilobytes * 1024 - instance.tokens[0].length)
  return subject(clerkGate({ budget }), () => ({ path: '/', cookie }))
}

/** So many tokens are remembered; any of them may come next. */
function tokens(count) {
  const made = Array.from({ length: count }, (_, place) => issuerToken(userOf(place)))
  const gate = issuerGate({ cache: { maxTokens: count } })
  made.forEach((token, place) => {
    answered(gate, issuerRequest(token), userOf(place))
  })
  // A step without a common factor comes by all of them.
  const step = 61
  let next = 0
  const prepare = (calls) =>
    Array.from({ length: calls }, () => {
      next = (next + step) % count
      return [issuerRequest(made[next]), userOf(next)]
    })
  return { prepare, call: ([request, user]) => answered(gate, request, user) }
}

/** The key is the last of so many. */
function keys(count) {
  const others = Array.from({ length: count - 1 }, (_, place) => {
    const { publicKey } = generateKeyPairSync('ed25519')
    return { ...publicKey.export({ format: 'jwk' }), kid: `key-${place}`, use: 'sig', alg: 'EdDSA' }
  })
  const gate = issuerGate({ budget: { keys: 1000, jwksBytes: 1 << 20 } }, others)
  const made = Array.from({ length: WARM }, (_, place) => issuerToken(userOf(place)))
  const prepare = (calls) =>
    Array.from({ length: calls }, (_, place) => {
      const user = place % WARM
      return [issuerRequest(made[user]), userOf(user)]
    })
  return { prepare, call: ([request, user]) => answered(gate, request, user) }
}

/** So many requests wait for their decisions at the same time. */
function concurrent(count) {
  const gate = clerkGate()
  const cookie = clerkCookie(450)
  const prepare = (groups) =>
    Array.from({ length: groups }, () =>
      Array.from({ length: count }, (_, place) => {
        const user = place % WARM
        return [request({ path: '/', cookie: cookie(user) }), userOf(user)]
      }),
    )
  const one = async ([made, user]) => looked(await gate.check(made), user)
  const call = (group) => Promise.all(group.map(one))
  const groups = Math.max(2, Math.round(length.calls / count))
  return { prepare, call, calls: groups, warmUp: groups, decisions: count }
}

function subject(gate, visit) {
  const { path, cookie } = visit()
  const prepare = (calls) =>
    Array.from({ length: calls }, (_, place) => {
      const user = place % WARM
      return [request({ path, cookie: cookie(user) }), userOf(user)]
    })
  return { prepare, call: ([made, user]) => answered(gate, made, user) }
}

function answered(gate, made, user) {
  looked(gate.checkSync(made), user)
}

function looked({ outcome, auth }, user) {
  if (outcome !== 'allow' || auth.userId !== user) throw new Error(`${outcome}, ${auth.userId}`)
}

function clerkGate(options) {
  const { publishableKey, pem, origin } = instance
  const settings = { publishableKey, jwtKey: pem, authorizedParties: [origin] }
  return createGate({ provider: clerk(settings), ...options })
}

/** Makes the Cookie header of a user; `bytes` of it are other cookies. */
function clerkCookie(bytes) {
  const others = otherCookies(bytes)
  return (user) => `__client_uat=1700000000; __session=${instance.tokens[user]}; ${others}`
}

function request({ path, cookie }) {
  const headers = { cookie, accept: 'text/html', 'sec-fetch-dest': 'document' }
  return new Request(`${instance.origin}${path}`, { headers })
}

function issuerGate(options, others = []) {
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'own', use: 'sig', alg: 'EdDSA' }
  const jwks = { keys: [...others, jwk] }
  const provider = oidc({ issuer: ISSUER, audience: 'api', jwks, algorithms: ['EdDSA'] })
  return createGate({ provider, ...options })
}

/** Ed25519, because a hundred thousand of them are made. */
function issuerToken(user) {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: ISSUER, aud: 'api', sub: user, iat: now - 10, exp: now + 86_400 }
  const input = `${part({ alg: 'EdDSA', kid: 'own', typ: 'JWT' })}.${part(claims)}`
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`
}

function issuerRequest(token) {
  return new Request('https://api.example.com/', { headers: { authorization: `Bearer ${token}` } })
}

function part(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
