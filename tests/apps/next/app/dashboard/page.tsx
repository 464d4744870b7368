import { auth } from 'sessiongate/next'

export default async function Page() {
  const { sessionClaims } = await auth()
  return <p>{`Welcome ${sessionClaims?.fullName}, ${sessionClaims?.primaryEmail}`}</p>
}
