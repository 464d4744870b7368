// Who comes: tokens of every kind, minted with keys that are made on the spot.

import { generateKeyPairSync, sign } from 'node:crypto'

const base64url = (value) => Buffer.from(value).toString('base64url')

/** A key pair and a function that signs compact tokens with it (RS256). */
function issuer(kid) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    pem: publicKey.export({ type: 'spki', format: 'pem' }),
    jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' },
    mint(claims, header = {}) {
      const head = { alg: 'RS256', kid, typ: 'JWT', ...header }
      const input = [head, claims].map((part) => base64url(JSON.stringify(part))).join('.')
      return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
    },
  }
}

/** The instance whose keys these are; its cookies have the suffix that follows from the key. */
const PUBLISHABLE_KEY = 'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k'
const SUFFIX = 'naoXFJnI'
const ADA = { fullName: 'Ada Lovelace', primaryEmail: 'ada@example.com' }

/**
 * Visitors of an application at `origin` with Clerk: the environment of the application, the headers of
 * each visitor, `words` that stand for tokens in the table, and what the Backend API at `apiUrl` answers,
 * which gives the token `fresh` for an expired one.
 */
export function clerkVisitors(origin, apiUrl) {
  const [own, other] = [issuer('ins_1'), issuer('ins_1')]
  const now = Math.floor(Date.now() / 1000)
  const claims = (more = {}) => ({
    azp: origin,
    exp: now + 3600,
    fva: [0, -1],
    iat: now - 10,
    iss: 'https://clerk.example.com',
    jti: 'c0ffee',
    nbf: now - 20,
    sid: 'sess_ada',
    sts: 'active',
    sub: 'user_ada',
    v: 2,
    ...ADA,
    ...more,
  })
  const mint = (more, key = own) => key.mint(claims(more), { cat: 'cl_B7d4PD111AAA' })
  const cookies = (token) => ({ cookie: `__client_uat=${now - 1000}; __session=${token}` })
  const member = mint()
  const expired = mint({ iat: now - 200, nbf: now - 200, exp: now - 100 })
  const admin = mint({ sub: 'user_boss', o: { id: 'org_1', slg: 'acme', rol: 'admin' } })
  const fresh = mint({ jti: 'fresh' })
  return {
    environment: {
      CLERK_PUBLISHABLE_KEY: PUBLISHABLE_KEY,
      CLERK_SECRET_KEY: 'sk_live_c2VjcmV0',
      CLERK_JWT_KEY: own.pem,
      CLERK_API_URL: apiUrl,
    },
    words: { fresh },
    answer: ({ method, path, body }) => {
      const isRefresh = method === 'POST' && path.endsWith('/sessions/sess_ada/refresh')
      if (!isRefresh || body.refresh_token !== 'refresh_1') return null
      const cookie = `__session=${fresh}; Path=/; SameSite=Lax; Max-Age=3600`
      return { object: 'cookies', cookies: [cookie] }
    },
    visitors: {
      nobody: {},
      member: cookies(member),
      poster: cookies(member),
      admin: cookies(admin),
      bearer: { authorization: `Bearer ${member}` },
      expired: cookies(expired),
      manager: cookies(mint({ organizationId: 'org_1', personId: 'person_1', role: 'owner' })),
      // What Clerk makes of metadata that is not there.
      managerWithoutMetadata: cookies(mint({ organizationId: null, personId: null, role: null })),
      forger: cookies(mint({}, other)),
      expiredWithRefresh: {
        cookie: `${cookies(expired).cookie}; __refresh_${SUFFIX}=refresh_1; theme=dark`,
      },
    },
  }
}

/**
 * The same with SuperTokens. What is at `coreUrl` stands for the API, which has the keys, and for the
 * core, which gives the token `changed` for changed claims.
 */
export function superTokensVisitors(origin, coreUrl) {
  const own = issuer('d-1749000000000')
  const now = Math.floor(Date.now() / 1000)
  const mint = (more = {}) =>
    own.mint(
      {
        iat: now - 10,
        exp: now + 3600,
        sub: 'user_ada',
        tId: 'public',
        rsub: 'user_ada',
        sessionHandle: 'session_ada',
        refreshTokenHash1: 'hash-1',
        parentRefreshTokenHash1: null,
        antiCsrfToken: null,
        iss: `${origin}/auth`,
        ...ADA,
        ...more,
      },
      { version: '5' },
    )
  const cookies = (token) => ({ cookie: `sAccessToken=${token}` })
  const revoked = mint({ sessionHandle: 'session_revoked' })
  const changed = mint({ newKey: 'newValue', fullName: undefined })
  const session = {
    handle: 'session_ada',
    userId: 'user_ada',
    recipeUserId: 'user_ada',
    tenantId: 'public',
    userDataInJWT: {},
  }
  const core = {
    'GET /auth/jwt/jwks.json': () => ({ keys: [own.jwk] }),
    'GET /apiversion': () => ({ versions: ['5.2', '5.3', '5.4'] }),
    'POST /recipe/session/regenerate': ({ accessToken }) =>
      accessToken === revoked
        ? { status: 'UNAUTHORISED', message: 'it ended' }
        : {
            status: 'OK',
            session,
            accessToken: { token: changed, expiry: (now + 3600) * 1000, createdTime: now * 1000 },
          },
    'POST /recipe/session/remove': ({ sessionHandles }) => ({
      status: 'OK',
      sessionHandlesRevoked: sessionHandles,
    }),
    'GET /recipe/session': ({ query }) =>
      query.get('sessionHandle') === 'session_revoked'
        ? { status: 'UNAUTHORISED', message: 'it ended' }
        : {
            status: 'OK',
            sessionHandle: 'session_ada',
            userId: 'user_ada',
            recipeUserId: 'user_ada',
            tenantId: 'public',
            timeCreated: 1_700_000_000_000,
            expiry: 1_900_000_000_000,
            userDataInDatabase: {},
            userDataInJWT: {},
          },
  }
  const roles = { 'st-role': { v: ['admin'], t: Date.now() } }
  return {
    environment: {
      SUPERTOKENS_JWKS: JSON.stringify({ keys: [own.jwk] }),
      SUPERTOKENS_CONNECTION_URI: coreUrl,
      SUPERTOKENS_API_DOMAIN: coreUrl,
    },
    words: { changed },
    answer: ({ method, path, query, body }) =>
      core[`${method} ${path.replace('/public', '')}`]?.({ ...body, query }) ?? null,
    visitors: {
      nobody: {},
      member: cookies(mint()),
      poster: { ...cookies(mint()), rid: 'session' },
      admin: cookies(mint({ sub: 'user_boss', ...roles })),
      bearer: { authorization: `Bearer ${mint()}` },
      expired: cookies(mint({ iat: now - 7200, exp: now - 3600 })),
      revoked: cookies(revoked),
    },
  }
}
