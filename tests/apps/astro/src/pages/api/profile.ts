import type { APIRoute } from 'astro'

export const GET: APIRoute = ({ locals }) => {
  const { userId, sessionClaims } = locals.auth()
  const { fullName, primaryEmail } = sessionClaims ?? {}
  return Response.json({ userId, fullName, primaryEmail })
}
