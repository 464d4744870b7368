import type { GetServerSideProps } from 'next'
import { getAuth } from 'sessiongate/next'

export const getServerSideProps: GetServerSideProps = async ({ req }) => {
  return { props: { userId: getAuth(req).userId } }
}

/** Below a path that is open to all. */
export default function Page({ userId }: { userId: string | null }) {
  return <p>{`Old sign-in of ${userId ?? 'nobody'}`}</p>
}
