// The options of the application.

import { KID, keys } from '../keys.mjs'

/** The keys come over the network, or in an odd form. */
export function oddKeys(draft) {
  const { random, options } = draft
  const { own, foreign, large } = keys
  if (random.chance(0.35)) {
    options.jwtKey = random.pick([
      own.spki.replace(/\n/g, ' '),
      own.spki.replace(/\n/g, '\r\n'),
      own.spki.trim(),
      own.spki.replace(/-----.*?-----/g, '').replace(/\n/g, ''),
      own.spki.replace(/\n/g, '\\n'),
      `"${own.spki}"`,
      own.pkcs1,
      large.spki,
      foreign.spki,
      'garbage',
      ' ',
    ])
    if (options.jwtKey === large.spki) draft.key = large
    return
  }
  delete options.jwtKey
  const key = { ...own.jwk, kid: KID, alg: 'RS256', use: 'sig' }
  draft.network.jwks = random.weighted([
    [6, { body: { keys: [key] } }],
    [1, { body: { keys: [{ ...foreign.jwk, kid: 'ins_b', alg: 'RS256' }, key] } }],
    [1, { body: { keys: [{ ...key, alg: undefined }] } }],
    [0.5, { body: { keys: [{ ...key, alg: 'RS384' }] } }],
    [0.5, { body: { keys: [{ ...key, use: 'enc' }] } }],
    [0.5, { body: { keys: [{ ...key, kid: 'ins_other' }] } }],
    [0.5, { body: { keys: [{ ...foreign.jwk, kid: KID, alg: 'RS256' }] } }],
    [0.3, { body: { keys: [{ kty: 'oct', k: 'AAAA', kid: KID }] } }],
    [0.3, { body: { keys: [{ kty: 'RSA', kid: KID }] } }],
    [0.3, { body: { keys: [key, { ...foreign.jwk, kid: KID, alg: 'RS256' }] } }],
    [0.4, { body: { keys: [] } }],
    [0.3, { body: {} }],
    [0.4, { status: 401, body: { errors: [{ code: 'clerk_key_invalid', message: 'Bad key.' }] } }],
    [0.3, { status: 500, body: { errors: [] } }],
    [0.2, { status: 500, body: 'oops', type: 'text/plain' }],
    [0.4, { fails: true }],
  ])
}

/** Parties, audience, tolerance. */
export function rules(draft) {
  const { random, options } = draft
  const chance = draft.oddTokens > 0.5 ? 0.4 : 0.25
  if (random.chance(chance)) {
    options.authorizedParties = random.pick([
      ['https://app.example.com'],
      ['https://app.example.com', 'https://x.example.com'],
      ['https://x.example.com', 'http://y\u20ac'],
      ['http://z\u0007'],
      [],
    ])
  }
  if (random.chance(chance)) {
    options.audience = random.pick(['api', ['api', 'b"c'], [], '', ['', 'api'], 'x'])
  }
  if (random.chance(0.1)) draft.toAuth.treatPendingAsSignedOut = random.chance(0.2)
  if (random.chance(chance)) options.clockSkewInMs = random.pick([0, 1000, 10_000, 4999, 60_000])
}

/** The application is on a satellite domain, or asks through a proxy. */
export function satellite(draft) {
  const { random, options } = draft
  const { isProduction } = draft
  options.isSatellite = random.chance(0.85)
  if (random.chance(0.8)) options.domain = 'sat.example.net'
  if (!options.domain || random.chance(0.3)) options.proxyUrl = random.pick(PROXIES)
  if (!isProduction || random.chance(0.5)) options.signInUrl = random.weighted(SIGN_IN_URLS)
  if (random.chance(0.5)) options.satelliteAutoSync = random.chance(0.8)
  if (random.chance(0.6)) draft.url = draft.url.replace('app.example.com', 'app.sat.example.net')
  if (random.chance(0.5)) {
    draft.query('__clerk_synced', random.pick(['false', 'false', 'true', 'true', '1', '']))
  }
  if (random.chance(0.1)) {
    draft.header(
      'origin',
      random.pick(['https://app.sat.example.net', 'https://primary.example.com']),
    )
  }
}

const PROXIES = [
  '/__clerk',
  '/__clerk//',
  'https://proxy.example.com/__clerk',
  'https://clerk.proxy.example.com///',
  'http://proxy.example.com:8080/a/b?q=1',
]

const SIGN_IN_URLS = [
  [5, 'https://primary.example.com/sign-in'],
  [1, 'https://primary.example.com/sign-in?x=%20y#h'],
  [0.3, '/sign-in'],
  [0.3, undefined],
]

/** A proxy without a satellite. */
export function proxyUrl(draft) {
  draft.options.proxyUrl = draft.random.pick(PROXIES)
}

/** The primary of a development instance is asked by a satellite, or a dev browser is handed over. */
export function sync(draft) {
  const { random } = draft
  const target = random.weighted([
    [4, 'https://sat.example.net/x'],
    [2, 'https://sat.example.net/x?a=%20b&__clerk_synced=false#f'],
    [1, 'http://localhost:3001/?__clerk_db_jwt=old&__clerk_synced=1&__clerk_synced=2'],
    [0.5, 'https://evil.example/'],
    [0.5, 'javascript:alert(1)'],
    [0.5, '/relative'],
    [0.5, ''],
  ])
  if (random.chance(0.6)) {
    draft.ours.allowedRedirectOrigins = ['https://sat.example.net', 'http://localhost:3001']
  }
  if (random.chance(0.7)) draft.query('__clerk_redirect_url', target)
  else draft.query('__clerk_db_jwt', 'dvb_query')
}

/** Which organisation a path is about. */
export function organisation(draft) {
  const { random, options } = draft
  const organizationPatterns = random.weighted([
    [4, ['/orgs/:slug', '/orgs/:slug/(.*)']],
    [2, ['/o/:id', '/o/:id/(.*)']],
    [1, ['/:slug']],
    [0.5, ['/x/:other', '/orgs/:slug*']],
    [0.5, ['/(orgs|teams)/:slug/:rest+', '/o/:id([a-z_0-9]+){/edit}?']],
    [0.5, undefined],
    [0.2, []],
    [0.2, ['/a*']],
  ])
  const personalAccountPatterns = random.weighted([
    [3, ['/me', '/me/(.*)']],
    [1, ['/(.*)']],
    [2, undefined],
    [0.2, []],
  ])
  options.organizationSyncOptions = { organizationPatterns, personalAccountPatterns }
  const url = new URL(draft.url)
  const path = random.pick([
    '/orgs/acme',
    '/orgs/acme/settings/',
    '/ORGS/other',
    '/orgs/a%20c',
    '/orgs/a/b/c',
    '/teams/acme/x/y',
    '/o/org_1',
    '/o/org_2/edit',
    '/o/org_1/edit/',
    '/me',
    '/me/x',
    '/acme',
    '/',
    '/orgs',
  ])
  draft.url = `${url.origin}${path}${url.search}`
}
