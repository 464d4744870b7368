// What a side does in one step of a case, in one shape for both.

/** The headers of an answer that have to do with sessions. */
const SESSION_HEADERS = new Set([
  'cache-control',
  'set-cookie',
  'front-token',
  'anti-csrf',
  'access-control-expose-headers',
])

/** Those headers in the order in which they came over the wire, as `name: value`. */
export function headerLines({ headers }, { options }) {
  const { access = 'st-access-token', refresh = 'st-refresh-token' } = options.headerNames ?? {}
  const names = new Set([...SESSION_HEADERS, access.toLowerCase(), refresh.toLowerCase()])
  return headers.filter(([name]) => names.has(name)).map(([name, value]) => `${name}: ${value}`)
}

/** Everything that an application can ask a session. */
export function viewOf(session) {
  return {
    userId: session.getUserId(),
    recipeUserId: session.getRecipeUserId().getAsString(),
    tenantId: session.getTenantId() ?? null,
    handle: session.getHandle(),
    accessToken: session.getAccessToken(),
    payload: JSON.stringify(session.getAccessTokenPayload()),
    tokens: session.getAllSessionTokensDangerously(),
  }
}

/** A claim of a case, of the classes of either side. */
export function claimOf(classes, [name, key]) {
  if (name === 'MultiFactorAuthClaim') return classes.MultiFactorAuthClaim
  return new classes[name]({ key, fetchValue: async () => undefined })
}

/** The plain value of something that a function gave. */
export function plain(value) {
  if (value === undefined) return null
  if (value?.recipeUserId) return { ...value, recipeUserId: value.recipeUserId.getAsString() }
  return value
}

/** Where two outcomes of a step differ: `[{ field, peer, ours }]`. */
export function differing(peer, ours) {
  const fields = [...new Set([...Object.keys(peer), ...Object.keys(ours)])]
  return fields
    .filter((field) => JSON.stringify(peer[field]) !== JSON.stringify(ours[field]))
    .map((field) => ({ field, peer: peer[field], ours: ours[field] }))
}
