import { createFileRoute } from '@tanstack/react-router'

// What a handler sees of the request's headers.
export const Route = createFileRoute('/api/headers')({
  server: {
    handlers: { GET: ({ request }) => Response.json(Object.fromEntries(request.headers)) },
  },
})
