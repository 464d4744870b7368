import { auth } from 'sessiongate/next'

export default async function Page() {
  const { userId, redirectToSignIn } = await auth()
  if (userId === null) redirectToSignIn({ returnBackUrl: '/back' })
  return <p>{`Back again, ${userId}`}</p>
}
