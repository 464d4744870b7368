// Who comes with which headers, and what `auth.protect()` asks of them.

const SESSION = { sub: 'user_1', sid: 'sess_1', iss: 'https://clerk.example.com', v: 2 }
const ORGANIZATION = {
  o: { id: 'org_1', rol: 'admin', per: 'read', fpm: '1' },
  fea: 'o:c,u:d',
  pla: 'u:pro',
}
const MACHINE = { iss: 'https://clerk.example.com', jti: 'mt_1' }

/** Tokens by name: payload and header; `null` is no token at all. */
export const TOKENS = {
  nobody: null,
  spoiled: { payload: SESSION, isSpoiled: true },
  user: { payload: SESSION },
  member: { payload: { ...SESSION, ...ORGANIZATION, fva: [1, -1] } },
  pending: { payload: { ...SESSION, ...ORGANIZATION, sts: 'pending' } },
  machine: { payload: { ...MACHINE, sub: 'mch_1' }, header: { cat: 'cl_B7d4PD333AAA' } },
  client: {
    payload: { ...MACHINE, sub: 'user_1', client_id: 'client_1', scope: 'a b' },
    header: { typ: 'at+jwt' },
  },
  'template token': { payload: SESSION, header: { cat: 'cl_B7d4PD222AAA' } },
}

const HEADERS = {
  accept: ['text/html,*/*', 'application/json', 'text/x-component', '*/*', 'Text/HTML'],
  'sec-fetch-dest': ['document', 'iframe', 'empty', 'Document', 'image'],
  'next-url': ['/a', ''],
  'next-action': ['x', ''],
  'x-nextjs-data': ['1', ''],
  'content-type': ['multipart/form-data; boundary=x', 'application/json', 'text/plain'],
}

const ASKED = {
  role: ['org:admin', 'admin', 'member', null, 5],
  permission: ['org:c:read', 'c:read', 'x', null],
  feature: ['c', 'u:d', 'u:c', 'x'],
  plan: ['pro', 'o:pro'],
  reverification: ['strict', 'strict_mfa', 'lax', null],
}
const TYPES = ['session_token', 'm2m_token', 'oauth_token', 'api_key']

/** `{ token, method, headers, options }`. */
export function protect(random) {
  const headers = Object.entries(HEADERS).filter(() => random.chance(0.3))
  const asked = Object.entries(ASKED).filter(() => random.chance(0.2))
  const pages = ['unauthenticatedUrl', 'unauthorizedUrl'].filter(() => random.chance(0.2))
  const picked = (entries) => entries.map(([name, values]) => [name, random.pick(values)])
  return {
    token: random.pick(Object.keys(TOKENS)),
    method: random.pick(['GET', 'GET', 'POST']),
    headers: Object.fromEntries(picked(headers)),
    options: {
      ...Object.fromEntries(picked(asked)),
      ...Object.fromEntries(pages.map((name) => [name, random.pick(['/b', 'https://b.example/'])])),
      ...(random.chance(0.4) ? { token: tokens(random) } : {}),
    },
  }
}

function tokens(random) {
  return random.weighted([
    [2, random.pick(TYPES)],
    [1, 'any'],
    [2, random.some(TYPES, 0.5)],
  ])
}
