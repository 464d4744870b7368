// `sessiongate/testing`: what it mints is what the gate takes for real, and what it spoils is not.

import { equal, throws } from './check.mjs'

const ROUTES = [
  { path: '/', access: 'public' },
  { path: '/admin', access: { role: 'org:admin' } },
  { path: '/invoices', access: { permission: 'org:invoices:read' } },
  { path: '/search', access: { feature: 'search' } },
  { path: '/pro', access: { plan: 'org:pro' } },
  { path: '/api(.*)', access: 'signed-in', onDenied: 'status' },
  { path: '/(.*)', access: 'signed-in' },
]

/** What every way to tamper with a token is refused for, by Clerk's and by SuperTokens' rules. */
const TAMPERED = [
  ['signature', 'token-invalid-signature', 'token-invalid-signature'],
  ['claims', 'token-invalid-signature', 'token-invalid-signature'],
  ['wrong-key', 'token-invalid-signature', 'token-invalid-signature'],
  ['unknown-key', 'key-not-found', 'key-not-found'],
  ['alg-none', 'alg-none', 'alg-none'],
  ['alg-hs256', 'alg-not-allowed', 'alg-not-allowed'],
  ['truncated', 'token-not-compact', 'token-not-compact'],
]

/** The checks. A browser's `Request` holds no cookies: there requests are their parts. */
export function testingChecks(api, { testIssuer, testClock }, { isBrowser = false } = {}) {
  const issuers = new Map()
  /** One issuer for each kind: keys take their time. */
  const issuerOf = (provider, options = {}) => {
    const name = JSON.stringify([provider, options])
    if (!issuers.has(name)) issuers.set(name, testIssuer({ provider, ...options }))
    return issuers.get(name)
  }
  const gateOf = (issuer) => api.createGate({ ...issuer.options, routes: ROUTES })
  const requestOf = async (issuer, path, options = {}) => {
    if (!isBrowser) return issuer.request(path, options)
    const url = new URL(path, 'https://app.example.com').href
    return { method: options.method ?? 'GET', url, headers: await issuer.headers(options) }
  }
  const visit = async (issuer, path, options) => {
    return gateOf(issuer).check(await requestOf(issuer, path, options))
  }
  const exact = ({ state }) => state.detail ?? state.reason
  return [
    ...['clerk', 'supertokens', 'oidc'].flatMap((provider) => [
      [
        `testing: ${provider}: signed in by cookie and by header`,
        async () => {
          const issuer = await issuerOf(provider)
          for (const via of ['cookie', 'bearer']) {
            const options = { via, userId: 'u_7', sessionId: 's_7', claims: { plan: 'pro' } }
            const { outcome, auth } = await visit(issuer, '/page', options)
            equal([via, outcome, auth.userId, auth.sessionId], [via, 'allow', 'u_7', 's_7'])
            equal(auth.sessionClaims.plan, 'pro')
          }
          const { ok } = gateOf(issuer).verifyTokenSync(await issuer.token())
          equal(ok, true)
        },
      ],
      [
        `testing: ${provider}: nobody`,
        async () => {
          const issuer = await issuerOf(provider)
          const page = await visit(issuer, '/page', { via: 'none', page: true })
          equal(page.outcome, provider === 'oidc' ? 'deny' : 'redirect')
          equal(page.auth.userId, null)
          const script = await visit(issuer, '/api/x', { via: 'none', method: 'POST' })
          equal([script.outcome, script.status], ['deny', 401])
          equal((await visit(issuer, '/', { via: 'none' })).outcome, 'allow')
        },
      ],
      ...TAMPERED.map(([tamper, ...reasons]) => [
        `testing: ${provider}: tampered with: ${tamper}`,
        async () => {
          const expected = reasons[provider === 'clerk' ? 0 : 1]
          const issuer = await issuerOf(provider)
          for (const via of ['cookie', 'bearer']) {
            const decision = await visit(issuer, '/api/x', { tamper, via })
            equal([via, decision.outcome, exact(decision)], [via, 'deny', expected])
          }
          const result = gateOf(issuer).verifyTokenSync(await issuer.token({ tamper }))
          equal([result.ok, result.detail ?? result.reason], [false, expected])
        },
      ]),
      [
        `testing: ${provider}: expired, from the future, and the clock`,
        async () => {
          const clock = testClock(new Date('2030-01-01T00:00:00Z'))
          const issuer = await testIssuer({ provider, clock })
          const refused = async (options) => {
            const { outcome } = await visit(issuer, '/api/x', { ...options, via: 'bearer' })
            return outcome
          }
          equal(await refused({}), 'allow')
          equal(await refused({ expired: true }), 'deny')
          equal(await refused({ age: 50 }), 'allow')
          equal(await refused({ age: 50, lifetime: 20 }), 'deny')
          const gate = gateOf(issuer)
          const request = await requestOf(issuer, '/api/x', { lifetime: 600 })
          for (const [step, outcome] of [
            [0, 'allow'],
            [590_000, 'allow'],
            [20_000, 'deny'],
          ]) {
            clock.advance(step)
            equal((await gate.check(request)).outcome, outcome, `${step} ms later`)
          }
          clock.set(0)
          equal(clock.now(), 0)
        },
      ],
    ]),
    [
      'testing: clerk: both versions, with an organization',
      async () => {
        const issuer = await issuerOf('clerk')
        const permissions = ['org:invoices:read', 'org:invoices:write', 'org:members:read']
        const organization = { id: 'org_1', slug: 'acme', role: 'org:admin', permissions }
        for (const version of [1, 2]) {
          const options = { version, organization }
          const { outcome, auth } = await visit(issuer, '/admin', options)
          equal([version, outcome], [version, 'allow'])
          equal([auth.orgId, auth.orgSlug, auth.orgRole], ['org_1', 'acme', 'org:admin'])
          equal(auth.orgPermissions, permissions)
          equal(auth.has({ permission: 'org:members:write' }), false)
          equal((await visit(issuer, '/invoices', options)).outcome, 'allow')
          const member = { version, organization: { id: 'org_1' } }
          equal((await visit(issuer, '/admin', member)).status, 403)
          equal((await visit(issuer, '/invoices', member)).status, 403)
        }
      },
    ],
    [
      'testing: clerk: features and plans',
      async () => {
        const issuer = await issuerOf('clerk')
        const organization = { id: 'org_1', permissions: ['org:invoices:read'] }
        const options = { organization, features: ['user:search'], plan: 'org:pro' }
        for (const path of ['/search', '/pro', '/invoices']) {
          equal((await visit(issuer, path, options)).outcome, 'allow', path)
        }
        equal((await visit(issuer, '/search')).reason, 'feature-missing')
        equal((await visit(issuer, '/pro')).reason, 'plan-missing')
      },
    ],
    [
      'testing: clerk: an expired cookie leads to a handshake',
      async () => {
        const issuer = await issuerOf('clerk')
        const options = { expired: true, page: true }
        const { outcome, location, state } = await visit(issuer, '/page', options)
        equal([outcome, state.status], ['redirect', 'handshake'])
        equal(new URL(location).host, 'clerk.example.com')
      },
    ],
    [
      'testing: clerk: a development instance, and options of the application',
      async () => {
        const provider = api.clerk({
          publishableKey: `pk_test_${btoa('happy.clerk.accounts.dev$')}`,
          secretKey: 'sk_test_never_used',
          jwtKey: 'replaced',
          audience: ['api'],
          authorizedParties: ['https://other.example'],
          signInUrl: '/login',
        })
        const issuer = await testIssuer({ provider })
        const { outcome, auth } = await visit(issuer, '/page')
        equal(outcome, 'allow')
        equal(auth.sessionClaims.iss, 'https://happy.clerk.accounts.dev')
        equal([auth.sessionClaims.aud, auth.sessionClaims.azp], ['api', 'https://other.example'])
        equal(issuer.options.provider.secretKey, undefined)
        equal(issuer.options.provider.signInUrl, '/login')
      },
    ],
    [
      'testing: clerk: the public key as PEM',
      async () => {
        const issuer = await issuerOf('clerk')
        const jwtKey = issuer.publicKey
        const gate = api.createGate({
          provider: api.clerk({ jwtKey, authorizedParties: ['https://app.example.com'] }),
          clock: issuer.clock.now,
        })
        equal(gate.verifyTokenSync(await issuer.token()).ok, true)
        equal(gate.verifyTokenSync(await issuer.token({ tamper: 'signature' })).ok, false)
      },
    ],
    [
      'testing: supertokens: every version',
      async () => {
        const issuer = await issuerOf('supertokens')
        for (const version of [2, 3, 4, 5]) {
          const options = { version, userId: 'u1', claims: { plan: 'pro' }, roles: ['admin'] }
          const { outcome, auth } = await visit(issuer, '/page', options)
          equal([version, outcome, auth.userId], [version, 'allow', 'u1'])
          equal([auth.sessionClaims.plan, auth.roles], ['pro', ['admin']])
          for (const tamper of ['signature', 'claims', 'wrong-key']) {
            const spoiled = await visit(issuer, '/api/x', { ...options, tamper })
            equal([version, tamper, spoiled.outcome], [version, tamper, 'deny'])
          }
          const expired = await visit(issuer, '/api/x', { version, expired: true })
          equal([expired.outcome, exact(expired)], ['deny', 'token-expired'])
        }
        const { auth } = await visit(issuer, '/page', { tenantId: 't1', permissions: ['read'] })
        equal([auth.tenantId, auth.permissions], ['t1', ['read']])
      },
    ],
    [
      'testing: supertokens: a static key, and tokens against forged requests',
      async () => {
        const provider = api.supertokens({
          apiDomain: 'https://api.example.com',
          useDynamicAccessTokenSigningKey: false,
          antiCsrf: 'VIA_TOKEN',
          cookieSameSite: 'lax',
        })
        const issuer = await testIssuer({ provider })
        const claims = { antiCsrfToken: 'token-1' }
        equal((await visit(issuer, '/api/x', { method: 'POST', claims })).outcome, 'allow')
        const headers = { 'anti-csrf': 'another' }
        const forged = await visit(issuer, '/api/x', { method: 'POST', claims, headers })
        equal([forged.outcome, exact(forged)], ['deny', 'anti-csrf-token-mismatch'])
      },
    ],
    [
      'testing: oidc: ES256, and options of the application',
      async () => {
        const provider = api.oidc({
          issuer: 'https://id.example',
          audience: ['api', 'other'],
          jwksUrl: 'https://id.example/jwks',
          algorithms: ['RS512'],
        })
        const issuer = await testIssuer({ provider, algorithm: 'ES256' })
        const { outcome, auth } = await visit(issuer, '/api/x', { claims: { scope: 'read' } })
        equal(outcome, 'allow')
        const { iss, aud, scope } = auth.sessionClaims
        equal([iss, aud, scope], ['https://id.example', 'api', 'read'])
        equal(api.decodeToken(await issuer.token()).header.alg, 'ES256')
        const spoiled = await visit(issuer, '/api/x', { tamper: 'signature' })
        equal(exact(spoiled), 'token-invalid-signature')
        await throws(() => issuer.cookie(), 'TypeError', undefined)
      },
    ],
    [
      'testing: claims can be left out, and others take their place',
      async () => {
        const issuer = await issuerOf('clerk')
        const { claims } = api.decodeToken(await issuer.token({ claims: { sid: undefined, v: 3 } }))
        equal(['sid' in claims, claims.v], [false, 3])
        const withoutParty = await visit(issuer, '/api/x', { claims: { azp: undefined } })
        equal(exact(withoutParty), 'azp-missing')
      },
    ],
    [
      'testing: nothing is fetched',
      async () => {
        const issuer = await issuerOf('clerk')
        await throws(() => issuer.options.fetch('https://x.example/'), 'Error', undefined)
      },
    ],
    [
      'testing: what cannot be meant',
      async () => {
        const issuer = await issuerOf('clerk')
        for (const call of [
          () => testIssuer({ provider: 'nobody' }),
          () => testIssuer({ provider: { kind: 'saml' } }),
          () => issuer.token({ tamper: 'nothing' }),
          () => issuer.token({ plan: 'pro' }),
          () => issuer.token({ features: ['search'] }),
          () => issuer.token({ organization: { id: 'o', permissions: ['read'] } }),
          () => testClock('yesterday'),
        ]) {
          await throws(call, 'TypeError', undefined)
        }
      },
    ],
  ]
}
