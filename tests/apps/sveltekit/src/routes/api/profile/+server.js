export function GET({ locals }) {
  const { userId, sessionClaims } = locals.auth()
  const { fullName, primaryEmail } = sessionClaims
  return Response.json({ userId, fullName, primaryEmail })
}
