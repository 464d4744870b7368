import { verify } from 'hono/jwt'
import { tokenOf } from './cookies.mjs'

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

export function contenders({ clerk }) {
  const make = async () => {
    const key = await crypto.subtle.importKey('jwk', clerk.jwk, RS256, false, ['verify'])
    const options = { alg: 'RS256', iss: clerk.issuer }
    return async (request) => {
      const token = tokenOf(request)
      return token === undefined ? null : (await verify(token, key, options)).sub
    }
  }
  return [{ name: 'hono/jwt', fields: ['token'], make }]
}
