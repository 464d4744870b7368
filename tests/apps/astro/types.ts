// What somebody writes in TypeScript; it only has to compile.
import type { APIRoute, MiddlewareHandler } from 'astro'
import { sequence } from 'astro/middleware'
import { clerk, createGate } from 'sessiongate'
import { claimsOr, sessionGate } from 'sessiongate/astro'

const gate = createGate({ provider: clerk() })

export const onRequest: MiddlewareHandler = sessionGate()
export const several: MiddlewareHandler = sequence(sessionGate({ gate }), sessionGate())
sessionGate({ routes: [{ path: '/(.*)', access: 'signed-in' }] })
sessionGate(({ locals }) => ({ provider: clerk({ jwtKey: locals.runtime.env.CLERK_JWT_KEY }) }))
// @ts-expect-error a gate has its options already
sessionGate({ gate, routes: [] })
// @ts-expect-error no such option
sessionGate({ route: [] })

const user = claimsOr<{ role: string }>(async ({ userId }) => ({ role: userId }))

export const GET: APIRoute = async ({ locals }) => {
  const { userId, sessionClaims } = await locals.auth<{ fullName?: string }>()
  const fullName: string | undefined = sessionClaims?.fullName
  // @ts-expect-error nobody may be signed in
  const certain: string = userId
  // @ts-expect-error no options
  locals.auth({ acceptsToken: 'api_key' })
  const role: string | undefined = (await user(locals.auth(), 'role'))?.role
  return Response.json({ fullName, certain, role })
}
