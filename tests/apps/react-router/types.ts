// What somebody writes in TypeScript; it only has to compile.
import type { LoaderFunctionArgs, MiddlewareFunction } from 'react-router'
import { clerk, createGate } from 'sessiongate'
import { claimsOr, getAuth, sessionGate } from 'sessiongate/react-router'

export const middleware: MiddlewareFunction<Response>[] = [
  sessionGate(),
  sessionGate({ gate: createGate({ provider: clerk() }) }),
  sessionGate({ routes: [{ path: '/(.*)', access: 'signed-in' }] }),
]
// @ts-expect-error no such option
export const wrong = sessionGate({ route: [] })

export async function loader(args: LoaderFunctionArgs) {
  const { sessionClaims, userId } = await getAuth<{ fullName?: string }>(args)
  const fullName: string | undefined = sessionClaims?.fullName
  // @ts-expect-error nobody may be signed in
  const certain: string = userId
  return { fullName, certain }
}

const user = claimsOr<{ role: string }>(() => ({ role: 'member' }))
export const role = async (args: LoaderFunctionArgs) => (await user(getAuth(args), 'role'))?.role
