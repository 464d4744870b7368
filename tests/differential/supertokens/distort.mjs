// Wrong answers, made of a right one: each differs from it in one thing.

/** `[[what, outcome]…]`, every one of them wrong where `outcome` is right. */
export function distorted(outcome) {
  if (outcome.throws) {
    return [
      ['throws', { ...outcome, throws: 'Error: another' }],
      ['does not throw', ANSWER],
    ]
  }
  const { verdict, status, body, session, setCookies } = outcome
  return [
    ['verdict', { ...outcome, verdict: verdict === 'refresh' ? 'signed-out' : 'refresh' }],
    ['status', { ...outcome, status: status + 1 }],
    ['body', { ...outcome, body: body === null ? '{}' : `${body} ` }],
    ['no cookie', setCookies.length > 0 && { ...outcome, setCookies: setCookies.slice(1) }],
    ['a cookie', { ...outcome, setCookies: [...setCookies, 'a=b'] }],
    ['their order', setCookies.length > 1 && { ...outcome, setCookies: setCookies.toReversed() }],
    ...headersDistorted(outcome),
    ['a session', session === null && { ...outcome, session: SESSION }],
    ['no session', session !== null && { ...outcome, session: null }],
    ...Object.keys(session ?? {}).map((name) => {
      return [`session.${name}`, { ...outcome, session: { ...session, [name]: 'other' } }]
    }),
    ...callsDistorted(outcome),
    ['an exception', { throws: 'TypeError: no', calls: outcome.calls }],
  ].filter(([, wrong]) => wrong)
}

const SESSION = {
  userId: 'u',
  recipeUserId: 'u',
  tenantId: 't',
  handle: 'h',
  payload: '{}',
  token: 'x',
}
const ANSWER = {
  ...{ verdict: 'signed-in', status: 200, body: null, session: SESSION },
  ...{ setCookies: [], headers: {}, calls: [] },
}

function headersDistorted({ headers, ...outcome }) {
  const more = { ...outcome, headers: { ...headers, 'front-token': `${headers['front-token']}x` } }
  return [
    ['headers.front-token', more],
    ...Object.keys(headers).flatMap((name) => {
      const { [name]: value, ...rest } = headers
      return [
        [`no ${name}`, { ...outcome, headers: rest }],
        [name, { ...outcome, headers: { ...headers, [name]: `${value}, x` } }],
      ]
    }),
  ]
}

function callsDistorted({ calls, ...outcome }) {
  const call = { method: 'POST', path: '/x', cdi: '5.4', key: null, body: {} }
  const other = calls.map((one) => ({ ...one, body: { ...one.body, checkDatabase: 'x' } }))
  return [
    ['one call more', { ...outcome, calls: [...calls, call] }],
    ['one call less', calls.length > 0 && { ...outcome, calls: calls.slice(1) }],
    ['another call', calls.length > 0 && { ...outcome, calls: other }],
    [
      'another key',
      calls.length > 0 && { ...outcome, calls: calls.map((one) => ({ ...one, key: 'x' })) },
    ],
  ]
}
