import type { LoaderFunctionArgs } from '@remix-run/node'

// What a handler sees of the request's headers.
export function loader({ request }: LoaderFunctionArgs) {
  return Response.json(Object.fromEntries(request.headers))
}
