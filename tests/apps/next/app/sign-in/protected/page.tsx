import { auth } from 'sessiongate/next'

/** Below a path that is open to all: what the page asks for counts as well. */
export default async function Page() {
  const { userId } = await auth.protect()
  return <p>{`Protected for ${userId}`}</p>
}
