// What somebody writes in TypeScript; it only has to compile.
import type { RequestHandler } from '@sveltejs/kit'
import { type Handle, sequence } from '@sveltejs/kit/hooks'
import { clerk, createGate } from 'sessiongate'
import { claimsOr, sessionGate } from 'sessiongate/sveltekit'

const gate = createGate({ provider: clerk() })

export const handle: Handle = sessionGate()
export const several: Handle = sequence(sessionGate({ gate }), sessionGate())
sessionGate({ routes: [{ path: '/(.*)', access: 'signed-in' }] })
sessionGate(({ platform }) => ({ provider: clerk({ jwtKey: platform.env.CLERK_JWT_KEY }) }))
// @ts-expect-error a gate has its options already
sessionGate({ gate, routes: [] })
// @ts-expect-error no such option
sessionGate({ route: [] })

const user = claimsOr<{ role: string }>(async ({ userId }) => ({ role: userId }))

export const GET: RequestHandler = async ({ locals }) => {
  const { userId, sessionClaims } = locals.auth<{ fullName?: string }>()
  const fullName: string | undefined = sessionClaims?.fullName
  // @ts-expect-error nobody may be signed in
  const certain: string = userId
  // @ts-expect-error no options
  locals.auth({ acceptsToken: 'api_key' })
  const role: string | undefined = (await user(locals.auth(), 'role'))?.role
  return Response.json({ fullName, certain, role })
}
