// What a handler sees of the request's headers.
export function GET(request: Request) {
  return Response.json(Object.fromEntries(request.headers))
}
