import { getAuth } from 'sessiongate/react-router'
import type { Route } from './+types/hello'

export async function loader(args: Route.LoaderArgs) {
  const { sessionClaims } = await getAuth(args)
  return { name: sessionClaims?.fullName ?? 'stranger' }
}

export default function Hello({ loaderData }: Route.ComponentProps) {
  return <p>{`Hello ${loaderData.name}`}</p>
}
