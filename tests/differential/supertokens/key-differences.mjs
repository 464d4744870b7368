// How our keys differ from the peer's: which of a published set are used, for how long, and what is said
// when there are none.

import { isDeepStrictEqual } from 'node:util'
import { chosenToken } from './carriers.mjs'
import { unavailable } from './differences/answers.mjs'
import { KeyMemory, keySetOf } from './key-facts.mjs'
import { plainKeySet } from './keys.mjs'
import { askPeer } from './peer.mjs'
import { withReply } from './restate.mjs'
import { apiOf } from './routes.mjs'

const ODD_KEYS = {
  name: 'odd-keys',
  why: 'A key is used if it is whole, public, for RS256 and the only one of its name.',
}
const NO_KEYS = {
  name: 'keys-unavailable',
  why: 'That the keys cannot be had is no reason to refresh.',
}
const REMEMBERED = {
  name: 'keys-are-remembered',
  why: 'Keys are good for five minutes, for an hour when no new ones come, and asked for again after 30 seconds at the earliest.',
}

export const KEY_DIFFERENCES = [ODD_KEYS, NO_KEYS, REMEMBERED]

const PLAIN = { body: plainKeySet() }

/**
 * The case with the very keys that we have for each request, `{ said, troubles, used }`; `troubles`
 * has the code of the reason for each request for which we have none.
 */
export async function withOurKeys(testCase) {
  const { requests, hosts } = testCase
  const sets = requests.map(({ core }) =>
    keySetOf(hosts.includes('up') ? (core.jwks ?? PLAIN) : NONE),
  )
  const isPlain = requests.every(({ core }, index) => isSame(core.jwks ?? PLAIN, sets[index]))
  if (isPlain && requests.length === 1) return { said: testCase, troubles: [], used: [] }
  // The gate and the session functions know keys of their own.
  const [ofGate, ofSessions] = [new KeyMemory(), new KeyMemory()]
  const troubles = []
  const wanting = await withPlainKeys(testCase)
  const said = requests.map((request, index) => {
    if (!wanting[index]) return request
    const { now, core } = request
    const kid = chosenToken(request, testCase)?.kid
    const reply = hosts.includes('up') ? (core.jwks ?? PLAIN) : NONE
    const isForSessions = testCase.ours.viaSessions || apiOf(request, testCase) !== null
    const set = (isForSessions ? ofSessions : ofGate).setFor({ now, kid, reply })
    if (set.trouble) troubles[index] = set.trouble
    const keys = (set.keys ?? []).filter(({ isDoubtful }) => kid === undefined || !isDoubtful)
    return withReply(request, 'jwks', { body: { keys: keys.map(({ jwk }) => jwk) } })
  })
  return {
    said: { ...testCase, requests: said, isForgetful: true },
    troubles,
    used: namesOf(testCase, isPlain, troubles),
  }
}

const NONE = { fails: true }

/** What is answered to a request for which there are no keys. */
export function withoutKeys(outcome, trouble) {
  return trouble === undefined ? outcome : unavailable(trouble)
}

/** For which requests keys are needed at all: the peer asks for them once it gets so far. */
async function withPlainKeys(testCase) {
  const requests = testCase.requests.map((request) => withReply(request, 'jwks', PLAIN))
  const outcomes = await askPeer({ ...testCase, requests, isForgetful: true, hosts: ['up'] })
  return outcomes.map(({ keyRequests }) => keyRequests > 0)
}

function isSame({ status = 200, body, type }, set) {
  const plain = set.keys?.map(({ jwk }) => jwk)
  return (
    plain !== undefined &&
    status === 200 &&
    type === undefined &&
    isDeepStrictEqual(body?.keys, plain)
  )
}

function namesOf({ requests }, isPlain, troubles) {
  const names = []
  if (troubles.length > 0) names.push(NO_KEYS.name)
  if (!isPlain && troubles.length === 0) names.push(ODD_KEYS.name)
  if (requests.length > 1) names.push(REMEMBERED.name)
  return names
}
