// What a handler sees of the request's headers.
export function GET({ request }) {
  return Response.json(Object.fromEntries(request.headers))
}
