import { BooleanClaim, clerk, createSessions, supertokens } from 'sessiongate'

const apiDomain = 'https://api.example.com'
const sessions = createSessions({ provider: supertokens({ apiDomain }) })

// @ts-expect-error: sessions need a provider
createSessions({})
// @ts-expect-error: sessions are SuperTokens' own
createSessions({ provider: clerk() })
// @ts-expect-error: an option that does not exist
createSessions({ provider: supertokens({ apiDomain }), routes: [] })
// @ts-expect-error: tokens travel in two ways only
createSessions({ provider: supertokens({ apiDomain }), getTokenTransferMethod: () => 'pigeon' })

export async function mistakes(request: Request): Promise<void> {
  const found = await sessions.getSession(request)
  // @ts-expect-error: whether there is a session must be looked at first
  found.session.getUserId()
  if (!found.ok) return
  // @ts-expect-error: a claim has values of its type
  await found.session.setClaimValue(new BooleanClaim({ key: 'x' }), 'yes')
  // @ts-expect-error: the headers are for reading
  found.session.headers = []
  // @ts-expect-error: an option that does not exist
  await sessions.getSession(request, { checkDatabse: true })
  // @ts-expect-error: a session is required, so that there is one
  const _none: null = found.session
  const optional = await sessions.getSession(request, { sessionRequired: false })
  // @ts-expect-error: there may be none
  if (optional.ok) optional.session.getUserId()
}
