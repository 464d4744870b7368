// The floor: what no library can be much faster than. Parsing the cookies alone, and the same with
// the claims that matter checked by hand around WebCrypto.

import { tokenOf } from './cookies.mjs'
import { bytesOf, claimsOf } from './hand-written.mjs'

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const LRU_TOKENS = 1000
const encoder = new TextEncoder()

export function contenders({ clerk }) {
  const fields = ['token']
  return [
    { name: 'cookie parsing alone', fields, isFloor: true, make: cookiesAlone },
    { name: 'hand-written, WebCrypto', fields, make: () => webCrypto(clerk) },
    { name: 'the same with a ten-line LRU', fields, make: () => remembering(clerk) },
  ]
}

/** Verifies nothing, and answers nothing. */
function cookiesAlone() {
  return (request) => void tokenOf(request)
}

async function webCrypto(clerk) {
  const verified = await verifier(clerk)
  return async (request) => {
    const token = tokenOf(request)
    return token === undefined ? null : (await verified(token)).sub
  }
}

async function remembering(clerk) {
  const verified = await verifier(clerk)
  const known = new Map()
  return async (request) => {
    const token = tokenOf(request)
    if (token === undefined) return null
    let claims = known.get(token)
    if (claims === undefined) {
      claims = await verified(token)
      if (known.size >= LRU_TOKENS) known.delete(known.keys().next().value)
    } else {
      known.delete(token)
    }
    known.set(token, claims)
    if (claims.exp * 1000 < Date.now()) throw new Error('expired')
    return claims.sub
  }
}

async function verifier(clerk) {
  const key = await crypto.subtle.importKey('jwk', clerk.jwk, RS256, false, ['verify'])
  return async (token) => {
    const end = token.lastIndexOf('.')
    const [message, signature] = [
      encoder.encode(token.slice(0, end)),
      bytesOf(token.slice(end + 1)),
    ]
    if (!(await crypto.subtle.verify(RS256, key, signature, message))) throw new Error('signature')
    return claimsOf(token, clerk)
  }
}
