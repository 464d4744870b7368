import { auth } from 'sessiongate/next'

export default async function Page() {
  const { sessionClaims } = await auth()
  return <p>{`Hello ${sessionClaims?.fullName ?? 'stranger'}`}</p>
}
