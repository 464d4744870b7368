import { JwtVerifier } from 'aws-jwt-verify'
import { tokenOf } from './cookies.mjs'

export function contenders({ clerk }) {
  const make = () => {
    const jwksUri = `${clerk.issuer}/.well-known/jwks.json`
    const verifier = JwtVerifier.create({ issuer: clerk.issuer, audience: null, jwksUri })
    verifier.cacheJwks({ keys: [clerk.jwk] })
    return async (request) => {
      const token = tokenOf(request)
      return token === undefined ? null : (await verifier.verify(token)).sub
    }
  }
  return [{ name: 'aws-jwt-verify', fields: ['token'], make }]
}
