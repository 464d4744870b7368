import { clerk, createGate } from 'sessiongate'

const gate = createGate({ provider: clerk() })

export async function who(request: Request): Promise<string> {
  const { sessionClaims } = await gate.authenticate(request).then(({ auth }) => auth)
  const fullName: string | undefined = sessionClaims?.fullName
  const primaryEmail: string | undefined = sessionClaims?.primaryEmail
  // @ts-expect-error: a declared claim has its declared type
  const wrong: number | undefined = sessionClaims?.fullName
  return `${fullName} ${primaryEmail} ${wrong}`
}
