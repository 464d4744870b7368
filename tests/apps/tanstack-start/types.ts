// What somebody writes in TypeScript; it only has to compile.
import { createMiddleware, createStart } from '@tanstack/react-start'
import { clerk, createGate } from 'sessiongate'
import { claimsOr, getAuth, sessionGate } from 'sessiongate/tanstack-start'

const gate = createGate({ provider: clerk() })

export const startInstance = createStart(() => ({
  requestMiddleware: [
    createMiddleware().server(sessionGate()),
    createMiddleware().server(sessionGate({ gate })),
    createMiddleware().server(sessionGate(() => ({ routes: [] }))),
  ],
}))
// @ts-expect-error a gate has its options already
sessionGate({ gate, routes: [] })
// @ts-expect-error no such option
sessionGate({ route: [] })

const user = claimsOr<{ role: string }>(async ({ userId }) => ({ role: userId }))

export async function handler(request: Request) {
  const { userId, sessionClaims } = getAuth<{ fullName?: string }>(request)
  const fullName: string | undefined = sessionClaims?.fullName
  // @ts-expect-error nobody may be signed in
  const certain: string = userId
  // @ts-expect-error no options
  getAuth(request, { acceptsToken: 'api_key' })
  const role: string | undefined = (await user(getAuth(request), 'role'))?.role
  return Response.json({ fullName, certain, role })
}
