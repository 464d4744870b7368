import type { GetServerSideProps } from 'next'
import { getAuth } from 'sessiongate/next'

export const getServerSideProps: GetServerSideProps = async ({ req }) => {
  const { userId, sessionClaims } = getAuth(req)
  return { props: { userId, fullName: sessionClaims?.fullName ?? null } }
}

export default function Page({ userId, fullName }: { userId: string; fullName: string }) {
  return <p>{`Props of ${userId}: ${fullName}`}</p>
}
