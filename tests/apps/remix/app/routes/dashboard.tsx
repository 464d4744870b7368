import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { getAuth } from 'sessiongate/remix'

export async function loader(args: LoaderFunctionArgs) {
  const { sessionClaims } = await getAuth(args)
  return { fullName: sessionClaims?.fullName, primaryEmail: sessionClaims?.primaryEmail }
}

export default function Dashboard() {
  const { fullName, primaryEmail } = useLoaderData<typeof loader>()
  return <p>{`Welcome ${fullName}, ${primaryEmail}`}</p>
}
