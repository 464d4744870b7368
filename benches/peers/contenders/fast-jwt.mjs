import { createVerifier } from 'fast-jwt'
import { tokenOf } from './cookies.mjs'

export function contenders({ clerk }) {
  const verifying = (options) => () => {
    const rules = { algorithms: ['RS256'], allowedIss: clerk.issuer }
    const verify = createVerifier({ key: clerk.pem, ...rules, ...options })
    return (request) => {
      const token = tokenOf(request)
      return token === undefined ? null : verify(token).sub
    }
  }
  const identity = { cache: true, cacheKeyBuilder: (token) => token }
  const fields = ['token']
  return [
    { name: 'fast-jwt', fields, make: verifying({}) },
    { name: 'fast-jwt with cache', fields, make: verifying({ cache: true }) },
    { name: 'fast-jwt with cache, identity key', fields, make: verifying(identity) },
  ]
}
