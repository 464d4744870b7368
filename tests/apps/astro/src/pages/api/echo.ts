import type { APIRoute } from 'astro'

export const POST: APIRoute = async ({ locals, request }) => {
  return Response.json({ userId: locals.auth().userId, text: await request.text() })
}
