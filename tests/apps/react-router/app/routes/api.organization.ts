import { claimsOr, getAuth } from 'sessiongate/react-router'
import type { Route } from './+types/api.organization'

interface User {
  organizationId: string
  personId: string
  role: string
}

/** Stands for a database. */
const database = new Map<string, User>([
  ['user_ada', { organizationId: 'org_of_database', personId: 'person_1', role: 'member' }],
])

/** From the token if it has all that is asked for, from the database otherwise. */
const currentUser = claimsOr<User>(({ userId }) => database.get(userId) ?? null)

export async function loader(args: Route.LoaderArgs) {
  return Response.json(await currentUser(getAuth(args), 'organizationId', 'role'))
}
