import { auth } from 'sessiongate/next'

export async function GET() {
  const { userId, sessionClaims } = await auth()
  return Response.json({
    userId,
    fullName: sessionClaims?.fullName,
    primaryEmail: sessionClaims?.primaryEmail,
  })
}
