// Clerk's own backend package: the only peer that does the whole job.

import { createClerkClient, verifyToken } from '@clerk/backend'
import { tokenOf } from './cookies.mjs'

export function contenders({ clerk }) {
  const { publishableKey, secretKey, pem: jwtKey, origin } = clerk
  const options = { jwtKey, authorizedParties: [origin] }
  const makeAuthenticate = () => {
    const client = createClerkClient({ publishableKey, secretKey, telemetry: { disabled: true } })
    return async (request) => (await client.authenticateRequest(request, options)).toAuth().userId
  }
  const makeVerify = () => async (request) => {
    const token = tokenOf(request)
    return token === undefined ? null : (await verifyToken(token, options)).sub
  }
  const authenticate = 'clerk authenticateRequest'
  return [
    { name: authenticate, fields: ['token', 'suffixed'], decides: true, make: makeAuthenticate },
    { name: 'clerk verifyToken', fields: ['token'], make: makeVerify },
  ]
}
