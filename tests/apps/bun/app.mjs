import { getAuth, withGate } from 'sessiongate/bun'
import { options } from './gate.mjs'

/** Answers whom the gate lets in. */
async function handler(request) {
  const { pathname } = new URL(request.url)
  if (pathname === '/') return new Response('Welcome')
  if (pathname === '/admin') return new Response('The back office')

  if (pathname === '/hello') {
    const { sessionClaims } = getAuth(request)
    return new Response(`Hello ${sessionClaims?.fullName ?? 'stranger'}`)
  }

  if (pathname === '/dashboard') {
    const { sessionClaims } = getAuth(request)
    return new Response(`Welcome ${sessionClaims.fullName}, ${sessionClaims.primaryEmail}`)
  }

  if (pathname === '/api/profile') {
    const { userId, sessionClaims } = getAuth(request)
    const { fullName, primaryEmail } = sessionClaims
    return Response.json({ userId, fullName, primaryEmail })
  }

  if (pathname === '/api/echo' && request.method === 'POST') {
    return Response.json({ userId: getAuth(request).userId, text: await request.text() })
  }

  // What a handler sees of the request's headers.
  if (pathname === '/api/headers') {
    return Response.json(Object.fromEntries(request.headers))
  }

  return new Response('Not found', { status: 404 })
}

Bun.serve({
  hostname: '127.0.0.1',
  port: Number(process.env.PORT),
  fetch: withGate(handler, options),
})
