// What somebody writes in TypeScript; it only has to compile.
import type { NextApiRequest } from 'next'
import { type NextRequest, NextResponse } from 'next/server'
import { clerk, createGate } from 'sessiongate'
import { auth, claimsOr, getAuth, protect, sessionGate } from 'sessiongate/next'

export default sessionGate()
export const withGate = sessionGate({ gate: createGate({ provider: clerk() }) })
// @ts-expect-error no such option
export const wrong = sessionGate({ route: [] })

export const withHandler = sessionGate(
  async (auth, request: NextRequest) => {
    if (request.nextUrl.pathname.startsWith('/admin')) await auth.protect({ role: 'org:admin' })
    await auth.protect((has) => has({ permission: 'org:invoices:read' }))
    const { userId, redirectToSignIn } = await auth()
    if (userId === null) return redirectToSignIn({ returnBackUrl: null })
    return NextResponse.next()
  },
  { routes: [{ path: '/(.*)', access: 'signed-in' }] },
)
export const withPlainHandler = sessionGate(async (auth, request) => {
  const { sessionClaims } = await auth()
  return Response.json({ sessionClaims, url: request.url })
})

export async function Page() {
  const { sessionClaims, userId } = await auth<{ fullName?: string }>()
  const fullName: string | undefined = sessionClaims?.fullName
  // @ts-expect-error nobody may be signed in
  const certain: string = userId
  await protect({ role: 'org:admin' }, { unauthorizedUrl: '/no' })
  // @ts-expect-error no such option
  await auth.protect({ rule: 'org:admin' })
  return [fullName, certain]
}

const user = claimsOr<{ role: string }>(() => ({ role: 'member' }))
export const role = async () => (await user(auth(), 'role'))?.role

export function handler(req: NextApiRequest) {
  const fullName: string | undefined = getAuth<{ fullName?: string }>(req).sessionClaims?.fullName
  return fullName
}
