// The oracle: `authenticateRequest` of @clerk/backend, with time, network and log in our hands.

import { comparableCalls, fakeFetch } from './fake-bapi.mjs'
import { outcomeOf, thrownOutcome } from './outcome.mjs'

for (const name of Object.keys(process.env)) {
  if (/^(NEXT_PUBLIC_|PUBLIC_|VITE_)?CLERK_|^VERCEL/.test(name)) delete process.env[name]
}

// The package binds `fetch` when it is loaded, so ours has to be there before.
let answering = null
globalThis.fetch = (...call) => answering(...call)
const { createClerkClient } = await import('@clerk/backend')

const real = { now: Date.now, setTimeout: globalThis.setTimeout, console: { ...console } }
/** Makes every secret key unique: the package caches key sets by it. */
let runs = 0

/** What the peer answers to a case. */
export async function askPeer({ now, method, url, headers, options, toAuth, network }) {
  const { fetch, calls } = fakeFetch(network)
  const restore = freeze(now, fetch)
  try {
    const state = await client(options)(new Request(url, { method, headers }))
    return outcomeOf({
      ...state,
      auth: authOf(state, toAuth),
      calls: withoutRun(comparableCalls(calls)),
    })
  } catch (error) {
    return thrownOutcome(error)
  } finally {
    restore()
  }
}

function client(options) {
  // Without keys up front the key set is fetched: the cache must not know it from another case.
  const isRemote = options.secretKey && !options.jwtKey
  const secretKey = isRemote ? `${options.secretKey}.run${runs++}` : options.secretKey
  const all = { ...options, secretKey }
  const { authenticateRequest } = createClerkClient({ ...all, telemetry: { disabled: true } })
  return (request) => authenticateRequest(request, all)
}

function withoutRun(calls) {
  const bare = (key) => key?.replace(/\.run\d+$/, '') ?? null
  return calls.map((call) => ({ ...call, authorization: bare(call.authorization) }))
}

/** The Auth object, or what its making throws. */
function authOf(state, options) {
  try {
    return state.toAuth(options)
  } catch (error) {
    return { isAuthenticated: false, throws: error.message }
  }
}

function freeze(now, fetch) {
  Date.now = () => now
  answering = fetch
  // Pauses between retries would only take time.
  globalThis.setTimeout = (callback, _delay, ...rest) => setImmediate(callback, ...rest)
  for (const method of ['log', 'warn', 'error']) console[method] = () => {}
  return () => {
    Date.now = real.now
    globalThis.setTimeout = real.setTimeout
    Object.assign(console, real.console)
  }
}
