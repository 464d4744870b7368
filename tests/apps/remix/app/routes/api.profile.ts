import type { LoaderFunctionArgs } from '@remix-run/node'
import { getAuth } from 'sessiongate/remix'

export async function loader(args: LoaderFunctionArgs) {
  const { userId, sessionClaims } = await getAuth(args)
  const { fullName, primaryEmail } = sessionClaims ?? {}
  return Response.json({ userId, fullName, primaryEmail })
}
