import { createFileRoute } from '@tanstack/react-router'
import { getAuth } from 'sessiongate/tanstack-start'

export const Route = createFileRoute('/api/echo')({
  server: {
    handlers: {
      POST: async ({ request }) => {
        return Response.json({ userId: getAuth(request).userId, text: await request.text() })
      },
    },
  },
})
