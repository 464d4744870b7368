import { createFileRoute } from '@tanstack/react-router'
import { getAuth } from 'sessiongate/tanstack-start'

export const Route = createFileRoute('/api/profile')({
  server: {
    handlers: {
      GET: ({ request }) => {
        const { userId, sessionClaims } = getAuth(request)
        const { fullName, primaryEmail } = sessionClaims
        return Response.json({ userId, fullName, primaryEmail })
      },
    },
  },
})
