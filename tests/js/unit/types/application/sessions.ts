import {
  BooleanClaim,
  CoreError,
  createSessions,
  type NewSessionInput,
  type Session,
  type SessionRefusal,
  type SessionResult,
  type Sessions,
  supertokens,
  UserRoleClaim,
} from 'sessiongate'

const sessions: Sessions = createSessions({
  provider: supertokens({
    apiDomain: 'https://api.example.com',
    websiteDomain: 'https://example.com',
    connectionURI: 'https://core.example.com',
    apiKey: 'key',
  }),
  clock: () => 0,
  getTokenTransferMethod: ({ forCreateNewSession }) => (forCreateNewSession ? 'cookie' : 'any'),
  override: {
    functions: (original) => ({
      async createNewSession(input: NewSessionInput) {
        input.accessTokenPayload = { ...input.accessTokenPayload, role: 'user' }
        return original.createNewSession(input)
      },
    }),
  },
})

export async function signIn(request: Request): Promise<Response> {
  const session = await sessions.createNewSession(request, 'public', 'account', { a: 1 })
  const id: string = session.getUserId()
  return session.applyTo(new Response(id))
}

export async function change(request: Request): Promise<Response> {
  const found: SessionResult = await sessions.getSession(request)
  if (!found.ok) return found.toResponse()
  const { session } = found
  const changed = await session.mergeIntoAccessTokenPayload({ newKey: 'newValue' })
  if (!changed.ok) return changed.toResponse()
  await session.setClaimValue(new BooleanClaim({ key: 'x' }), true)
  await session.removeClaim(UserRoleClaim)
  const roles: string[] | undefined = await session.getClaimValue(UserRoleClaim)
  return session.applyTo(Response.json({ roles }))
}

export async function optional(request: Request): Promise<Session | null> {
  const found = await sessions.getSession(request, { sessionRequired: false })
  return found.ok ? found.session : null
}

export async function updateAll(userId: string): Promise<number> {
  let changed = 0
  for (const handle of await sessions.getAllSessionHandlesForUser(userId)) {
    const information = await sessions.getSessionInformation(handle)
    if (information === undefined) continue
    const expiry: number = information.expiry
    if (expiry > 0 && (await sessions.mergeIntoAccessTokenPayload(handle, { n: 1 }))) changed++
  }
  return changed
}

export function said(refusal: SessionRefusal): [string, number, string] {
  return [refusal.reason, refusal.status, refusal.body]
}

export function codeOf(error: unknown): string | null {
  return error instanceof CoreError ? error.code : null
}

/** What of Node's own types is needed, without a dependency on them. */
interface NodeAnswer {
  getHeader(name: string): number | string | string[] | undefined
  setHeader(name: string, value: number | string | readonly string[]): this
  removeHeader(name: string): void
}

export async function refresh(request: Request, response: NodeAnswer): Promise<void> {
  const refreshed = await sessions.refreshSession(request)
  if (refreshed.ok) refreshed.session.attachTo(response)
  else refreshed.applyTo(response)
}
