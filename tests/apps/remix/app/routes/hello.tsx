import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { getAuth } from 'sessiongate/remix'

export async function loader(args: LoaderFunctionArgs) {
  const { sessionClaims } = await getAuth(args)
  return { name: sessionClaims?.fullName ?? 'stranger' }
}

export default function Hello() {
  const { name } = useLoaderData<typeof loader>()
  return <p>{`Hello ${name}`}</p>
}
