export async function POST({ locals, request }) {
  return Response.json({ userId: locals.auth().userId, text: await request.text() })
}
