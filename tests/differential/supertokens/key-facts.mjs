// Which keys of a published set we take, and for how long we remember them.

import { lookInto } from './strict-json.mjs'

const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth']

/** Milliseconds: without asking again, until asking again after a try, and at most. */
const FRESH = 5 * 60_000
const COOL_DOWN = 30_000
const STALE = 60 * 60_000

/**
 * What we take a reply for: `{ keys: [{ kid, jwk, isDoubtful }…], names }`, each key in its plainest
 * form, or `{ trouble }` with the code of the reason why there is none. A doubtful key verifies only
 * tokens that name none; `names` are those of all keys, of good ones and of others.
 */
export function keySetOf({ status = 200, body, fails }) {
  if (fails || status < 200 || status > 299) return { trouble: 'keys-unavailable' }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const look = lookInto(Buffer.from(text))
  if (!look.isJson || look.hasTwins) return { trouble: 'jwks-malformed' }
  const list = Object(JSON.parse(text)).keys
  if (!Array.isArray(list)) return { trouble: 'jwks-malformed' }
  const names = list.map((jwk) => Object(jwk).kid).filter((kid) => typeof kid === 'string')
  return { keys: usable(list), names }
}

/** Of the keys of one name none can be meant by that name when one of them is broken. */
function usable(list) {
  const broken = new Set(list.filter((jwk) => useOf(jwk) === 'broken').map((jwk) => jwk?.kid))
  return list
    .filter((jwk) => useOf(jwk) === 'good')
    .map(({ kid, n, e }) => {
      const name = kid === undefined ? {} : { kid }
      const jwk = { kty: 'RSA', ...name, n, e, alg: 'RS256', use: 'sig' }
      return { kid, jwk, isDoubtful: kid !== undefined && broken.has(kid) }
    })
}

/** `good`, `broken`, or `other` for a key that is meant for something else. */
function useOf(jwk) {
  if (!isObject(jwk) || typeof jwk.kty !== 'string') return 'broken'
  // Of the other types there are but such as lack what belongs to them.
  if (jwk.kty !== 'RSA') return ['EC', 'OKP', 'oct'].includes(jwk.kty) ? 'broken' : 'other'
  if (PRIVATE.some((name) => name in jwk)) return 'broken'
  for (const name of ['use', 'kid', 'alg']) {
    if (jwk[name] !== undefined && typeof jwk[name] !== 'string') return 'broken'
  }
  if ((jwk.use ?? 'sig') !== 'sig') return 'other'
  const { key_ops: operations = ['verify'] } = jwk
  if (!Array.isArray(operations) || !operations.every((one) => typeof one === 'string'))
    return 'broken'
  if (!operations.includes('verify')) return 'other'
  if ((jwk.alg ?? 'RS256') !== 'RS256') return 'other'
  return isModulus(bytesOf(jwk.n)) && isExponent(bytesOf(jwk.e)) ? 'good' : 'broken'
}

/** The bytes of canonical base64url, or null. */
function bytesOf(text) {
  if (typeof text !== 'string') return null
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}

function isModulus(bytes) {
  if (bytes === null || bytes.length < 256 || bytes[0] === 0) return false
  return (bytes.length > 256 || bytes[0] >= 0x80) && bytes.at(-1) % 2 === 1
}

function isExponent(bytes) {
  if (bytes === null || bytes.length === 0 || bytes[0] === 0) return false
  const value = Number(`0x${bytes.toString('hex')}`)
  return value >= 3 && value % 2 === 1 && value < 2 ** 33
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What we remember of the keys from one request to the next. */
export class KeyMemory {
  #set = null
  #lastTry = null

  /** The set for a request at `now` that wants the key `kid`, where the core answers `reply`. */
  setFor({ now, kid, reply }) {
    const isFresh = this.#set !== null && within(FRESH, this.#set.at, now)
    if (this.#mayAsk(now) && !isFresh) this.#ask(now, reply)
    const found = this.#usable(now)
    // A key that is there but of no use is known, too.
    const isUnknown = kid !== undefined && !found.trouble && !found.names.includes(kid)
    if (!isUnknown || !this.#mayAsk(now)) return found
    this.#ask(now, reply)
    return this.#usable(now)
  }

  #mayAsk(now) {
    return this.#lastTry === null || !within(COOL_DOWN, this.#lastTry.at, now)
  }

  #ask(now, reply) {
    const set = keySetOf(reply)
    this.#lastTry = { at: now, trouble: set.trouble }
    if (!set.trouble) this.#set = { at: now, keys: set.keys, names: set.names }
  }

  #usable(now) {
    if (this.#set !== null && within(STALE, this.#set.at, now)) return this.#set
    return { trouble: this.#lastTry?.trouble ?? 'keys-unavailable' }
  }
}

function within(span, at, now) {
  return now - at >= -COOL_DOWN && now - at < span
}
