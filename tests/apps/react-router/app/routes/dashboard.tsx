import { getAuth } from 'sessiongate/react-router'
import type { Route } from './+types/dashboard'

export async function loader(args: Route.LoaderArgs) {
  const { sessionClaims } = await getAuth(args)
  return { fullName: sessionClaims?.fullName, primaryEmail: sessionClaims?.primaryEmail }
}

export default function Dashboard({ loaderData }: Route.ComponentProps) {
  return <p>{`Welcome ${loaderData.fullName}, ${loaderData.primaryEmail}`}</p>
}
