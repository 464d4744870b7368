// The same claims and questions to the peer's `has()` and to ours.
//
//     node has.mjs [--count N] [--seed N] [--case N]
//
// Most of the cases hand the peer's Auth object to our `has`; one in ten goes the whole way, from a
// signed token.

import { makeAuthObjectSerializable, signedInAuthObject } from '@clerk/backend/internal'
import { ask, core, requestText } from './core.mjs'
import { claims as makeClaims, question as makeQuestion } from './generate/has.mjs'
import { keys } from './keys.mjs'
import { mint } from './mint.mjs'
import { run } from './pairs.mjs'

/** Questions to each session. */
const QUESTIONS = 5
const NOW = 1_700_000_000
const provider = { kind: 'clerk', jwtKey: keys.own.spki }
const gate = new core.GateHandle(JSON.stringify({ provider }), undefined, false)

await run({
  count: 8000,
  kinds: ['yes', 'no', 'yes, from a token', 'no, from a token', 'refused by the peer'],
  compare(random, note) {
    const claims = { iat: NOW, exp: NOW + 60, ...makeClaims(random) }
    const auth = peerAuth(claims)
    if (!auth) return note('refused by the peer')
    const serialized = JSON.stringify(makeAuthObjectSerializable(auth))
    const own = random.chance(0.1) ? ownAuth(claims) : null
    for (let number = 0; number < QUESTIONS; number++) {
      const question = makeQuestion(random, claims)
      const expected = auth.has(question)
      const answer = core.authHas(serialized, JSON.stringify(question))
      if (answer !== expected) return { claims, question, expected, answer }
      note(expected ? 'yes' : 'no')
      if (!own) continue
      const whole = core.authHas(own, JSON.stringify(question))
      if (whole !== expected) return { claims, question, expected, whole, own: JSON.parse(own) }
      note(expected ? 'yes, from a token' : 'no, from a token')
    }
  },
})

/** The peer throws at a malformed list of features. */
function peerAuth(claims) {
  try {
    return signedInAuthObject({}, 'token', claims)
  } catch {
    return null
  }
}

function ownAuth(claims) {
  const headers = ['authorization', `Bearer ${mint(claims)}`]
  const request = requestText('GET', 'https://app.example.com/', headers)
  const state = ask(gate, request, (...written) => gate.authenticate(...written, NOW * 1000))
  if (state.status !== 'signed-in') throw new Error(JSON.stringify(state))
  return JSON.stringify(state.auth)
}
