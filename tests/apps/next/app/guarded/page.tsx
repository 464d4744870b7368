import { auth } from 'sessiongate/next'

export default async function Page() {
  const { userId } = await auth.protect({ role: 'org:admin' })
  return <p>{`Guarded for ${userId}`}</p>
}
