// The same visitors to Clerk's `auth.protect()` and to ours: are they let in, sent to sign in, sent
// elsewhere, or turned away, and with which status?
//
//     node protect.mjs [--count N] [--seed N] [--case N]

import { createRequire } from 'node:module'
import { createClerkClient } from '@clerk/backend'
import { getAuthObjectForAcceptedToken } from '@clerk/backend/internal'
import { ask, core, requestText } from './core.mjs'
import { protect as makeProtect, TOKENS } from './generate/protect.mjs'
import { keys } from './keys.mjs'
import { mint } from './mint.mjs'
import { run } from './pairs.mjs'

// It has no entry point of its own; the rest of the package needs Next.
const file = new URL('./node_modules/@clerk/nextjs/dist/cjs/server/protect.js', import.meta.url)
const { createProtect } = createRequire(import.meta.url)(file.pathname)

const publishableKey = 'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k'
const jwtKey = keys.own.spki
const SIGN_IN = 'https://app.example.com/sign-in'
const URL_HERE = 'https://app.example.com/a?q=1'
const seconds = Math.floor(Date.now() / 1000)

const client = createClerkClient({ publishableKey, secretKey: 'sk_live_x', jwtKey })
const provider = { kind: 'clerk', publishableKey, jwtKey, acceptsToken: 'any', signInUrl: SIGN_IN }
const gate = new core.GateHandle(JSON.stringify({ provider }), undefined, false)
const minted = Object.fromEntries(Object.entries(TOKENS).map(([name, made]) => [name, token(made)]))

await run({
  count: 10_000,
  kinds: ['allow', 'sign-in', '401', '404', 'https://b.example/'],
  async compare(random, note) {
    const testCase = makeProtect(random)
    const expected = await peerAnswer(testCase)
    const answer = ownAnswer(testCase)
    if (answer !== expected) return { testCase, expected, answer }
    note(expected)
  },
})

function token(made) {
  if (!made) return null
  const times = { iat: seconds - 5, nbf: seconds - 15, exp: seconds + 3600 }
  const text = mint({ ...times, ...made.payload }, { header: made.header })
  return made.isSpoiled ? `${text.slice(0, -8)}AAAAAAAA` : text
}

function headersOf({ token, headers }) {
  return { ...(minted[token] ? { authorization: `Bearer ${minted[token]}` } : {}), ...headers }
}

async function peerAnswer(testCase) {
  const request = new Request(URL_HERE, { method: testCase.method, headers: headersOf(testCase) })
  const state = await client.authenticateRequest(request, { acceptsToken: 'any' })
  // As `clerkMiddleware` does before it protects.
  const acceptsToken = testCase.options.token ?? 'session_token'
  const authObject = getAuthObjectForAcceptedToken({ authObject: state.toAuth(), acceptsToken })
  const protect = createProtect({
    request,
    authObject,
    redirectToSignIn: () => 'sign-in',
    redirect: (url) => new URL(url, URL_HERE).href,
    notFound: () => '404',
    unauthorized: () => '401',
  })
  const answer = await protect(testCase.options)
  return answer === authObject ? 'allow' : answer
}

function ownAnswer(testCase) {
  const headers = Object.entries(headersOf(testCase)).flat()
  const { method, options } = testCase
  const request = requestText(method, URL_HERE, headers)
  const rule = JSON.stringify(options)
  const decision = ask(gate, request, (...written) => gate.protect(...written, Date.now(), rule))
  if (decision.outcome === 'allow') return 'allow'
  if (decision.outcome === 'deny') return `${decision.status}`
  if (decision.status !== (method === 'GET' ? 307 : 303)) return JSON.stringify(decision)
  const page = testCase.token === 'pending' ? `${SIGN_IN}/tasks` : SIGN_IN
  return decision.location.startsWith(`${page}?redirect_url=`) ? 'sign-in' : decision.location
}
