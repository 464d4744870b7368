import { createPublicKey } from 'node:crypto'
import jsonwebtoken from 'jsonwebtoken'
import { tokenOf } from './cookies.mjs'

export function contenders({ clerk }) {
  const make = () => {
    const key = createPublicKey({ key: clerk.jwk, format: 'jwk' })
    const options = { issuer: clerk.issuer, algorithms: ['RS256'] }
    return (request) => {
      const token = tokenOf(request)
      return token === undefined ? null : jsonwebtoken.verify(token, key, options).sub
    }
  }
  return [{ name: 'jsonwebtoken', fields: ['token'], make }]
}
