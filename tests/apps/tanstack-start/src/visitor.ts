import { createServerFn } from '@tanstack/react-start'
import { getRequest } from '@tanstack/react-start/server'
import { getAuth } from 'sessiongate/tanstack-start'

/** Runs on the server, also where a browser calls it. */
export const visitor = createServerFn().handler(async () => {
  const { sessionClaims } = getAuth<Claims>(getRequest())
  return { fullName: sessionClaims?.fullName, primaryEmail: sessionClaims?.primaryEmail }
})

interface Claims {
  fullName?: string
  primaryEmail?: string
}
