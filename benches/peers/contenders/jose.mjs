import { importJWK, jwtVerify } from 'jose'
import { tokenOf } from './cookies.mjs'

export function contenders({ clerk }) {
  const make = async () => {
    const key = await importJWK(clerk.jwk)
    const options = { issuer: clerk.issuer, algorithms: ['RS256'] }
    return async (request) => {
      const token = tokenOf(request)
      return token === undefined ? null : (await jwtVerify(token, key, options)).payload.sub
    }
  }
  return [{ name: 'jose', fields: ['token'], make }]
}
