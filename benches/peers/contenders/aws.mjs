import { JwtVerifier } from 'aws-jwt-verify'
import { tokenOf } from './cookies.mjs'

export function contenders({ clerk }) {
  const make = () => {
    const jwksUri = `${clerk.issuer}/.well-known/jwks.json`
    const verifier = JwtVerifier.create({ issuer: clerk.issuer, audience: null, jwksUri })
    verifier.cacheJwks({ keys: [clerk.jwk] })
    const verify = quickest(verifier, clerk.tokens[0])
    return (request) => {
      const token = tokenOf(request)
      if (token === undefined) return null
      const claims = verify(token)
      return claims instanceof Promise ? claims.then(({ sub }) => sub) : claims.sub
    }
  }
  return [{ name: 'aws-jwt-verify', fields: ['token'], make }]
}

/** Without a promise where the package's build for the runtime can do so. */
function quickest(verifier, token) {
  try {
    verifier.verifySync(token)
    return (token) => verifier.verifySync(token)
  } catch {
    return (token) => verifier.verify(token)
  }
}
