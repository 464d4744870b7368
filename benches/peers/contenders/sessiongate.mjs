// Our own package, with routes, as an application uses it.

import { clerk, createGate, supertokens } from 'sessiongate'

const ROUTES = [
  { path: ['/', '/pricing', '/about'], access: 'public' },
  { path: '/sign-in(.*)', access: 'public' },
  { path: '/admin(.*)', access: { role: 'org:admin' } },
  { path: '/api(.*)', access: 'signed-in', onDenied: 'status' },
  { path: '/dashboard(.*)', access: 'signed-in' },
]

/** `suffix` of the names tells apart other settings of ours. */
export function contenders({ clerk: instance, session }) {
  const { publishableKey, pem, origin } = instance
  const clerkGate = (options = {}) => {
    const settings = { publishableKey, jwtKey: pem, authorizedParties: [origin] }
    return createGate({ provider: clerk(settings), routes: ROUTES, ...options })
  }
  const { apiDomain, websiteDomain, jwks } = session
  const sessionGate = () => {
    const settings = { apiDomain, websiteDomain, jwks }
    return createGate({ provider: supertokens(settings), routes: ROUTES })
  }
  const ours = { decides: true, isOurs: true }
  const both = (fields, make) => [
    { ...ours, name: 'sessiongate checkSync', fields, make: () => synchronous(make()) },
    { ...ours, name: 'sessiongate check', fields, make: () => waiting(make()) },
  ]
  return [
    ...both(['token', 'suffixed'], clerkGate),
    {
      ...ours,
      name: 'sessiongate checkSync, cache off',
      fields: ['token'],
      make: () => synchronous(clerkGate({ cache: false })),
    },
    ...both(['session'], sessionGate),
  ]
}

function synchronous(gate) {
  return (request) => userOf(gate.checkSync(request))
}

function waiting(gate) {
  return async (request) => userOf(await gate.check(request))
}

function userOf({ outcome, auth }) {
  if (outcome !== 'allow') throw new Error(`the gate decided: ${outcome}`)
  return auth.userId
}
