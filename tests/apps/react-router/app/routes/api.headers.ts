import type { Route } from './+types/api.headers'

// What a handler sees of the request's headers.
export function loader({ request }: Route.LoaderArgs) {
  return Response.json(Object.fromEntries(request.headers))
}
