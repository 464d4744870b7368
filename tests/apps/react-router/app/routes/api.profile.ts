import { getAuth } from 'sessiongate/react-router'
import type { Route } from './+types/api.profile'

export async function loader(args: Route.LoaderArgs) {
  const { userId, sessionClaims } = await getAuth(args)
  const { fullName, primaryEmail } = sessionClaims ?? {}
  return Response.json({ userId, fullName, primaryEmail })
}
