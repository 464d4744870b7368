// The handler is that of Clerk's guide "Customize your session token", as it stands there. It is put
// into a route as this version of TanStack Start has them, and `json` is of the time of the guide.
import { createFileRoute } from '@tanstack/react-router'
import { getAuth } from 'sessiongate/tanstack-start'

const json = Response.json

export const Route = createFileRoute('/sign-in/example')({
  server: {
    handlers: {
      // biome-ignore lint/correctness/noUnusedFunctionParameters: as it stands there
      GET: async ({ request, params }) => {
        // Use `getAuth()` to retrieve the user's ID and session claims
        const { userId, sessionClaims } = await getAuth(request)

        // Protect the API route by checking if the user is signed in
        if (!userId) {
          return json({ error: 'Unauthorized' }, { status: 401 })
        }

        const fullName = sessionClaims.fullName

        const primaryEmail = sessionClaims.primaryEmail

        return json({ fullName, primaryEmail })
      },
    },
  },
})
