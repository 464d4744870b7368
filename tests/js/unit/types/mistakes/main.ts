import {
  BooleanClaim,
  clerk,
  createGate,
  decodeToken,
  MultiFactorAuthClaim,
  oidc,
  PrimitiveClaim,
  type SessionOptions,
  supertokens,
  UserRoleClaim,
  validateClaims,
  verifyJws,
} from 'sessiongate'

const provider = clerk()

// @ts-expect-error: a gate needs options
createGate()
// @ts-expect-error: a gate needs a provider
createGate({ routes: [] })
// @ts-expect-error: an option that does not exist
createGate({ provider, route: [] })
// @ts-expect-error: a rule needs an access
createGate({ provider, routes: [{ path: '/' }] })
// @ts-expect-error: an access that does not exist
createGate({ provider, routes: [{ path: '/', access: 'signed-on' }] })
// @ts-expect-error: an access that asks for nothing
createGate({ provider, routes: [{ path: '/', access: {} }] })
// @ts-expect-error: a clock gives a number
createGate({ provider, clock: () => new Date() })

// @ts-expect-error: an issuer is required
oidc({ audience: 'a', jwksUrl: 'https://i/jwks' })
// @ts-expect-error: an audience is required, or the choice of none
oidc({ issuer: 'https://i', jwksUrl: 'https://i/jwks' })
// @ts-expect-error: keys are required
oidc({ issuer: 'https://i', audience: 'a' })
// @ts-expect-error: keys are given once
oidc({ issuer: 'https://i', audience: 'a', jwksUrl: 'https://i/jwks', publicKey: 'pem' })
// @ts-expect-error: an algorithm that does not exist
oidc({ issuer: 'https://i', audience: 'a', publicKey: 'pem', algorithms: ['none'] })
// @ts-expect-error: an option of Clerk that does not exist
clerk({ jwtkey: 'pem' })

// @ts-expect-error: keys are required
verifyJws('a.b.c')
// @ts-expect-error: keys are required
verifyJws('a.b.c', {})
// @ts-expect-error: a secret is given as bytes, so that nobody mistakes its encoding
verifyJws('a.b.c', { secret: 'secret' })

const gate = createGate({ provider })
// @ts-expect-error: a URL alone is no request
gate.checkSync('https://a/')
// @ts-expect-error: a request has headers
gate.checkSync({ method: 'GET', url: 'https://a/' })
// @ts-expect-error: check() must be awaited
gate.check(new Request('https://a/')).outcome
// @ts-expect-error: claims are there only when somebody is signed in
gate.authenticateSync(new Request('https://a/')).auth.sessionClaims.sub

const decoded = decodeToken('a.b.c')
// @ts-expect-error: claims are there only when the token could be read
decoded.claims
const verified = gate.verifyTokenSync('a.b.c')
// @ts-expect-error: claims are there only when the token was verified
verified.claims

// @ts-expect-error: a claim has a key
new BooleanClaim({})
// @ts-expect-error: a value is one of the claim's
new PrimitiveClaim<'free' | 'pro'>({ key: 'plan' }).validators.hasValue('gold')
// @ts-expect-error: an array of values is not one value
UserRoleClaim.validators.includes(['admin'])
// @ts-expect-error: one value is not an array of values
UserRoleClaim.validators.includesAll('admin')
// @ts-expect-error: an age is a number
UserRoleClaim.validators.includes('admin', '5')
// @ts-expect-error: a requirement that does not exist
MultiFactorAuthClaim.validators.hasCompletedRequirementList([{ anyOf: ['totp'] }])
// @ts-expect-error: a validator that does not exist
validateClaims([{ claim: 'st-role', validator: 'contains', value: 'admin' }], {})
// @ts-expect-error: a validator with code in it is for the origin
validateClaims([{ id: 'mine', validate: () => true }], {})
// @ts-expect-error: a payload is an object
validateClaims([], 'payload')

// @ts-expect-error: the API is required
supertokens()
// @ts-expect-error: the API is required
supertokens({ websiteDomain: 'https://example.com' })
// @ts-expect-error: the API is named by its origin
supertokens({ apiDomain: new URL('https://api.example.com') })
// @ts-expect-error: a protection that does not exist
supertokens({ apiDomain: 'https://a', antiCsrf: 'none' })
// @ts-expect-error: a protection is data
supertokens({ apiDomain: 'https://a', antiCsrf: () => 'NONE' })
// @ts-expect-error: an attribute of cookies that does not exist
supertokens({ apiDomain: 'https://a', cookieSameSite: 'Lax' })
// @ts-expect-error: a way to travel that does not exist
supertokens({ apiDomain: 'https://a', getTokenTransferMethod: 'both' })
// @ts-expect-error: a status is a number
supertokens({ apiDomain: 'https://a', sessionExpiredStatusCode: '401' })
// @ts-expect-error: several addresses are one text
supertokens({ apiDomain: 'https://a', connectionURI: ['https://core'] })
// @ts-expect-error: validators with code in them are for the origin
supertokens({ apiDomain: 'https://a', claimValidators: [{ id: 'x', validate: () => true }] })
// @ts-expect-error: an option that does not exist
supertokens({ apiDomain: 'https://a', apidomain: 'https://a' })

const sessions = createGate({ provider: supertokens({ apiDomain: 'https://a' }) })
// @ts-expect-error: options of a session stand in `session`
sessions.authenticate(new Request('https://a/'), { checkDatabase: true })
// @ts-expect-error: an option of sessions that does not exist
sessions.authenticate(new Request('https://a/'), { session: { sessionrequired: false } })
// @ts-expect-error: a way to travel that does not exist
sessions.authenticateSync(new Request('https://a/'), { session: { tokenTransferMethod: 'body' } })
// @ts-expect-error: validators are a list
const noList: SessionOptions = { claimValidators: {} }
// @ts-expect-error: the kit's name for it, which holds code
const code: SessionOptions = { overrideGlobalClaimValidators: [] }
createGate({
  provider,
  // @ts-expect-error: what is asked of a session is an object
  routes: [{ path: '/', access: 'public', session: true }],
})
console.log(noList, code)
