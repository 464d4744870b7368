import {
  AllowedDomainsClaim,
  type Auth,
  type AuthState,
  BooleanClaim,
  type ClaimValidationError,
  type ClaimVerdict,
  ConfigError,
  clerk,
  createGate,
  type Decision,
  decodeToken,
  EmailVerificationClaim,
  type GateOptions,
  MultiFactorAuthClaim,
  NeedError,
  oidc,
  PermissionClaim,
  PrimitiveArrayClaim,
  PrimitiveClaim,
  type Reason,
  type Route,
  ready,
  type SessionClaimValidator,
  type SessionOptions,
  type SuperTokensOptions,
  supertokens,
  UserRoleClaim,
  validateClaims,
  verifyJws,
  verifySignature,
} from 'sessiongate'

const routes: Route[] = [
  { path: '/', access: 'public' },
  { path: ['/dashboard(.*)', '/account'], access: 'signed-in' },
  { path: '/admin(.*)', access: { role: 'org:admin' } },
  { path: '/invoices(.*)', access: { role: 'org:member', permission: 'org:invoices:read' } },
  { path: '/api(.*)', access: 'signed-in', onDenied: 'status' },
]

const options: GateOptions = {
  provider: [
    clerk({ publishableKey: 'pk_test_x', authorizedParties: ['https://app.example.com'] }),
    oidc({ issuer: 'https://i.example', audience: ['api'], jwksUrl: 'https://i.example/jwks' }),
    oidc({ issuer: 'https://i.example', audience: null, publicKey: 'pem', cookie: 'id' }),
    oidc({ issuer: 'https://i.example', audience: 'a', jwks: { keys: [{ kty: 'RSA', n: 'n' }] } }),
  ],
  routes,
  clock: () => Date.now(),
  fetch: (url, init) => fetch(url, init),
  trustProxy: false,
  budget: { tokenBytes: 4096 },
}
createGate({ ...options, fetch })

const gate = createGate<{ plan: 'free' | 'pro' }>(options)

export async function handle(request: Request): Promise<Response> {
  const decision: Decision<{ plan: 'free' | 'pro' }> = await gate.check(request)
  const response: Response | null = decision.toResponse()
  if (response !== null) return response
  const { sessionClaims, userId, has, getToken } = decision.auth
  const plan: 'free' | 'pro' | undefined = sessionClaims?.plan
  const other: unknown = sessionClaims?.anything
  const seconds: number | undefined = sessionClaims?.exp
  const rule: Route | null = decision.rule
  return Response.json({
    plan,
    other,
    seconds,
    userId,
    rule,
    token: getToken(),
    admin: has({ role: 'org:admin' }),
  })
}

export async function all(): Promise<void> {
  await ready()
  gate.checkSync({ method: 'GET', url: 'https://a/', headers: { cookie: ['a=b', 'c=d'] } })
  gate.checkSync({ method: 'GET', url: 'https://a/', headers: [['cookie', 'a=b']] })
  gate.checkSync({ method: 'GET', url: 'https://a/', headers: new Headers() })
  gate.checkSync({ method: 'GET', url: '/', headers: { host: undefined }, socket: {} })
  const state: AuthState = gate.authenticateSync(new Request('https://a/'))
  const auth: Auth = state.auth
  const reason: Reason | null = state.detail ?? state.reason
  const verified = await gate.verifyToken('a.b.c')
  if (verified.ok) verified.claims.plan satisfies string
  else verified.reason satisfies Reason
  const decoded = decodeToken('a.b.c')
  if (decoded.ok) decoded.unverified satisfies true
  const jws = verifyJws('a.b.c', { secret: new Uint8Array(32), algorithms: ['HS256'] })
  if (jws.ok) jws.payload satisfies Uint8Array
  verifySignature({ pem: 'pem' }, new Uint8Array(), new Uint8Array()) satisfies boolean
  try {
    gate.verifyTokenSync('a.b.c')
  } catch (error) {
    if (error instanceof NeedError) error.need.url satisfies string
    if (error instanceof ConfigError) error.option satisfies string | null
  }
  console.log(auth.orgPermissions, reason)
}

const plan = new PrimitiveClaim<'free' | 'pro'>({ key: 'plan', defaultMaxAgeInSeconds: 300 })
const level = new PrimitiveArrayClaim<number>({ key: 'levels' })
const beta = new BooleanClaim({ key: 'beta', fetchValue: async (_userId: string) => true })
const asked: SessionClaimValidator[] = [
  plan.validators.hasValue('pro', 60, 'is-pro'),
  level.validators.includesAny([1, 2]),
  beta.validators.isTrue(Number.POSITIVE_INFINITY),
  UserRoleClaim.validators.includes('admin'),
  PermissionClaim.validators.excludesAll(['write'], undefined, 'read-only'),
  EmailVerificationClaim.validators.isVerified(10, 300),
  AllowedDomainsClaim.validators.includes('example.com'),
  MultiFactorAuthClaim.validators.hasCompletedMFARequirementsForAuth(),
  MultiFactorAuthClaim.validators.hasCompletedRequirementList(['totp', { oneOf: ['a', 'b'] }]),
  { claim: 'st-role', validator: 'includes', value: 'admin', maxAgeInSeconds: 60 },
]

export function claims(payload: object): string[] {
  const verdict: ClaimVerdict = validateClaims(asked, payload, { clock: () => Date.now() })
  const value: 'free' | 'pro' | undefined = plan.getValueFromPayload(payload)
  const roles: string[] | undefined = UserRoleClaim.getValueFromPayload(payload)
  const since: number | undefined = beta.getLastRefetchTime(payload)
  const done: number | undefined = MultiFactorAuthClaim.getValueFromPayload(payload)?.c.totp
  const errors: ClaimValidationError[] = [...verdict.errors]
  return [value, roles, since, done, ...verdict.refetch, ...errors.map(({ id }) => id)].map(String)
}

const sessions: SuperTokensOptions = {
  apiDomain: 'https://api.example.com',
  apiBasePath: '/auth',
  apiGatewayPath: '/gateway',
  websiteDomain: 'https://example.com',
  websiteBasePath: '/auth',
  jwks: { keys: [{ kty: 'RSA', n: 'n', e: 'AQAB', kid: 'd-1' }] },
  antiCsrf: 'VIA_CUSTOM_HEADER',
  cookieSameSite: 'none',
  cookieSecure: true,
  cookieDomain: '.example.com',
  olderCookieDomain: '',
  accessTokenPath: '/',
  useDynamicAccessTokenSigningKey: false,
  getTokenTransferMethod: 'cookie',
  exposeAccessTokenToFrontendInCookieBasedAuth: true,
  sessionExpiredStatusCode: 440,
  invalidClaimStatusCode: 418,
  cookieNames: { access: 'at' },
  headerNames: { access: 'x-at', refresh: 'x-rt' },
  claimValidators: asked,
  connectionURI: 'https://core.example;https://core-2.example',
  apiKey: 'key',
  originVerifies: true,
  refreshPage: '/refresh',
  claimPages: { 'st-ev': '/verify' },
  sessionTokenFrontendDomain: '.example.com',
}

const session: SessionOptions = {
  sessionRequired: false,
  antiCsrfCheck: true,
  checkDatabase: true,
  claimValidators: [UserRoleClaim.validators.includes('admin')],
  tokenTransferMethod: 'header',
}

const sessionGate = createGate<{ plan: string }>({
  provider: [supertokens(sessions), supertokens({ apiDomain: 'api.example.com' })],
  routes: [
    { path: '/optional', access: 'public', session },
    { path: '/admin', access: 'signed-in', session: { claimValidators: asked } },
  ],
})

export async function whose(request: Request): Promise<string> {
  const state = await sessionGate.authenticate(request, { session })
  const same: AuthState<{ plan: string }> = sessionGate.authenticateSync(request, { session: {} })
  const failed: readonly ClaimValidationError[] | undefined = state.claimErrors
  const { tenantId, recipeUserId, roles, permissions } = same.auth
  const tenant: string | null | undefined = tenantId
  const user: string | null | undefined = recipeUserId
  const granted: readonly string[] = [...(roles ?? []), ...(permissions ?? [])]
  const needsBackend: boolean = state.status === 'needs-origin'
  const body: string | null = (await sessionGate.check(request)).body
  return [tenant, user, granted, failed?.length, needsBackend, body].join()
}
