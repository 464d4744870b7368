/** A request of the application to itself, which goes through the gate as well. */
export async function GET({ fetch }) {
  return Response.json(await (await fetch('/api/profile')).json())
}
