import type { APIRoute } from 'astro'

// What a handler sees of the request's headers.
export const GET: APIRoute = ({ request }) => Response.json(Object.fromEntries(request.headers))
