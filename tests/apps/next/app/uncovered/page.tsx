import { auth } from 'sessiongate/next'

/** The gate in edge/ does not see this page. */
export default async function Page() {
  const { userId } = await auth()
  return <p>{`Uncovered, ${userId}`}</p>
}
