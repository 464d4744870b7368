// The JWTs of any other issuer.

import {
  APP,
  allowed,
  bearer,
  call,
  clerk,
  cookie,
  denied,
  oidc,
  one,
  page,
  RULE,
  redirected,
} from '../frame.mjs'
import { access, jwk, mint, pem, session, T } from '../mint.mjs'

const SUBJECT = { userId: 'subject-1', sessionId: null, orgId: null }
const api = (name, options, token, expect) =>
  one(name, oidc(options), call('/api/me', bearer(token)), expect)
const ok = allowed(RULE.api, SUBJECT)
const no = (reason) => denied(RULE.api, reason)
const withAlg = (alg) => ({ jwks: { keys: [jwk('rsa-2048-a', { alg })] }, algorithms: [alg] })

export const oidcTokens = [
  api('a bearer token', {}, mint(access()), {
    ...ok,
    auth: { ...SUBJECT, sessionClaims: access() },
  }),
  api('RS384', withAlg('RS384'), mint(access(), { alg: 'RS384' }), ok),
  api('RS512', withAlg('RS512'), mint(access(), { alg: 'RS512' }), ok),
  api(
    'a public key in PEM form',
    { jwks: undefined, publicKey: pem('rsa-2048-a') },
    mint(access(), { header: { kid: 'whatever' } }),
    ok,
  ),
  api(
    'several algorithms side by side',
    { jwks: { keys: [jwk('rsa-2048-a'), jwk('ed25519')] }, algorithms: ['RS256', 'EdDSA'] },
    mint(access(), { key: 'ed25519' }),
    ok,
  ),
  api(
    'an algorithm that is not allowed',
    { algorithms: ['RS512'] },
    mint(access()),
    no('alg-not-allowed'),
  ),

  api('the audience in an array', {}, mint(access({ aud: ['web', 'api'] })), ok),
  api('one of several audiences', { audience: ['web', 'api'] }, mint(access()), ok),
  api('another audience (oidc)', {}, mint(access({ aud: 'ap' })), no('aud-mismatch')),
  api('an audience that differs in case', {}, mint(access({ aud: 'API' })), no('aud-mismatch')),
  api('no audience', {}, mint(access({ aud: undefined })), no('aud-missing')),
  api('an empty list of audiences', {}, mint(access({ aud: [] })), no('aud-mismatch')),
  api('an empty audience', {}, mint(access({ aud: '' })), no('aud-mismatch')),
  api('an audience that is an object', {}, mint(access({ aud: { api: true } })), no('aud-invalid')),
  api('a number among the audiences', {}, mint(access({ aud: ['api', 1] })), no('aud-invalid')),
  api('any audience, by choice', { audience: null }, mint(access({ aud: 'elsewhere' })), ok),

  api(
    'another issuer (oidc)',
    {},
    mint(access({ iss: 'https://issuer.example.evil' })),
    no('iss-mismatch'),
  ),
  api(
    'an issuer with a slash at its end',
    {},
    mint(access({ iss: 'https://issuer.example/' })),
    no('iss-mismatch'),
  ),
  api(
    'an issuer in look-alike letters',
    {},
    mint(access({ iss: 'https://\u0456ssuer.example' })),
    no('iss-mismatch'),
  ),
  api(
    'an issuer in another normal form',
    { issuer: 'https://issu\u00e9r.example' },
    mint(access({ iss: 'https://issue\u0301r.example' })),
    no('iss-mismatch'),
  ),
  api('no issuer', {}, mint(access({ iss: undefined })), no('iss-missing')),
  api(
    'an issuer that is an array',
    {},
    mint(access({ iss: ['https://issuer.example'] })),
    no('iss-missing'),
  ),
  api('expired (oidc)', {}, mint(access({ exp: T - 5 })), no('token-expired')),
  api('not valid yet (oidc)', {}, mint(access({ nbf: T + 6 })), no('token-not-active-yet')),
  api('no subject (oidc)', {}, mint(access({ sub: undefined })), no('sub-invalid')),
  api('an access token by its type', {}, mint(access(), { header: { typ: 'at+jwt' } }), ok),
  api('a logout token', {}, mint(access(), { header: { typ: 'logout+jwt' } }), no('typ-mismatch')),

  one(
    'the scheme has no case',
    oidc(),
    call('/api/me', { authorization: `bEARER ${mint(access())}` }),
    ok,
  ),
  one('no token', oidc(), call('/api/me'), no('token-missing')),
  one(
    'a token in a cookie',
    oidc({ cookie: 'id' }),
    page('/dashboard', { cookie: `a=b; id=${mint(access())}` }),
    allowed(RULE.dashboard, SUBJECT),
  ),
  one(
    'no cookie is read unless it is named',
    oidc(),
    call('/api/me', { cookie: `id=${mint(access())}` }),
    no('token-missing'),
  ),
  one(
    'no header is read when it is switched off',
    oidc({ cookie: 'id', header: false }),
    call('/api/me', bearer(mint(access()))),
    no('token-missing'),
  ),
  one(
    'a sign-in page of its own',
    oidc({ cookie: 'id', signInUrl: 'https://issuer.example/login' }),
    page('/dashboard'),
    redirected(
      RULE.dashboard,
      `https://issuer.example/login?redirect_url=${encodeURIComponent(`${APP}/dashboard`)}`,
      'token-missing',
    ),
  ),
  one(
    'a page without a sign-in page to go to',
    oidc(),
    page('/dashboard'),
    denied(RULE.dashboard, 'token-missing'),
  ),
  one(
    'the first of two providers knows the visitor',
    [clerk(), oidc({ jwks: { keys: [jwk('rsa-2048-b')] } })],
    page('/dashboard', cookie(mint(session()))),
    { ...allowed(RULE.dashboard), state: { status: 'signed-in', provider: 'clerk' } },
  ),
  one(
    'the second of two providers knows the visitor',
    [clerk(), oidc({ jwks: { keys: [jwk('rsa-2048-b')] } })],
    call('/api/me', bearer(mint(access(), { key: 'rsa-2048-b' }))),
    { ...allowed(RULE.api, SUBJECT), state: { status: 'signed-in', provider: 'oidc' } },
  ),
]
