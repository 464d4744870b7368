import { auth, claimsOr } from 'sessiongate/next'

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

export const getCurrentUser = () => currentUser(auth(), 'organizationId', 'role')
