// What somebody writes in TypeScript; it only has to compile.
import { createRequestHandler } from '@remix-run/express'
import type { ActionFunctionArgs, LoaderFunctionArgs, ServerBuild } from '@remix-run/node'
import { clerk, createGate } from 'sessiongate'
import { claimsOr, getAuth, getLoadContext, sessionGate } from 'sessiongate/remix'

declare const build: ServerBuild

export const gates = [
  sessionGate(),
  sessionGate({ gate: createGate({ provider: clerk() }) }),
  sessionGate({ routes: [{ path: '/(.*)', access: 'signed-in' }] }),
]
// @ts-expect-error no such option
export const wrong = sessionGate({ route: [] })
export const handler = createRequestHandler({ build, getLoadContext })

export async function loader(args: LoaderFunctionArgs) {
  const { sessionClaims, userId } = await getAuth<{ fullName?: string }>(args)
  const fullName: string | undefined = sessionClaims?.fullName
  // @ts-expect-error nobody may be signed in
  const certain: string = userId
  return { fullName, certain }
}

const user = claimsOr<{ role: string }>(() => ({ role: 'member' }))
export const role = async (args: ActionFunctionArgs) => (await user(getAuth(args), 'role'))?.role
