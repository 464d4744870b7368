// What a side answers to the requests of a case, in one shape for both.

/** The headers that carry something of a session, apart from `Set-Cookie`. */
const SESSION_HEADERS = [
  'front-token',
  'anti-csrf',
  'access-control-expose-headers',
  'cache-control',
  'vary',
  'retry-after',
]

/** What the bodies of SuperTokens say. */
const VERDICTS = {
  unauthorised: 'signed-out',
  'try refresh token': 'refresh',
  'invalid claim': 'invalid-claims',
  'token theft detected': 'theft',
}

/**
 * `{ verdict, status, body, setCookies, headers, session, calls }` of one answer.
 *
 * `response` is what came over the wire; `seen` is what the application behind saw: `session`, `null`
 * for nobody, or `undefined` when the request did not get there. `body` is null where the
 * application answered.
 */
export function outcomeOf({ response, seen, calls, verdict, tokenHeaders }) {
  const { status, headers, body } = response
  const isThrough = seen !== undefined
  const names = [...SESSION_HEADERS, ...tokenHeaders]
  return {
    verdict: verdict ?? verdictOf(isThrough, seen, body),
    status,
    body: isThrough ? null : body,
    setCookies: headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value),
    headers: Object.fromEntries(headers.filter(([name]) => names.includes(name))),
    session: seen ?? null,
    calls,
  }
}

/** A side that failed: no answer of its own, a status 500 in an application. */
export function failedOutcome(error, calls) {
  const { name = 'Error', message = String(error), option } = Object(error)
  return { throws: `${name}${option ? ` ${option}` : ''}: ${message}`, calls }
}

/** What an application sees of a session; the payload as text, because its order counts. */
export function sessionOf({ userId, recipeUserId, tenantId, handle, payload, token }) {
  return {
    userId: userId ?? null,
    recipeUserId: recipeUserId ?? null,
    tenantId: tenantId ?? null,
    handle: handle ?? null,
    payload: JSON.stringify(payload ?? null),
    token: token ?? null,
  }
}

/** The response headers in which tokens come, in lower case. */
export function tokenHeadersOf({ options }) {
  const { access = 'st-access-token', refresh = 'st-refresh-token' } = options.headerNames ?? {}
  return [access.toLowerCase(), refresh.toLowerCase()]
}

function verdictOf(isThrough, session, body) {
  if (isThrough) return session === null ? 'nobody' : 'signed-in'
  try {
    return VERDICTS[JSON.parse(body).message] ?? 'answered'
  } catch {
    return 'answered'
  }
}
