import { type NextRequest, NextResponse } from 'next/server'
import { sessionGate } from 'sessiongate/next'
import { options } from './gate.mjs'

/** Runs for those whom the routes let through. */
export default sessionGate(async (auth, request: NextRequest) => {
  const { pathname } = request.nextUrl
  if (pathname === '/sign-in/staff') await auth.protect({ role: 'org:admin' })
  if (pathname === '/sign-in/back-again') {
    const { userId, redirectToSignIn } = await auth()
    if (userId === null) redirectToSignIn()
  }
  if (pathname === '/rewritten') return NextResponse.rewrite(new URL('/api/profile', request.url))
  if (pathname === '/answered') {
    const { userId } = await auth()
    return NextResponse.json({ userId, theme: request.cookies.get('theme')?.value })
  }
  if (pathname === '/api/headers') {
    const headers = new Headers(request.headers)
    headers.set('x-by-the-handler', 'yes')
    return NextResponse.next({ request: { headers } })
  }
}, options)

export const config = {
  matcher: ['/((?!_next/static|_next/image|favicon.ico|uncovered).*)'],
}
