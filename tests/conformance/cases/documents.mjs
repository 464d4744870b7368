// The custom claims of the guides that this project implements.

import { allowed, clerk, cookie, oidc, one, page, RULE } from '../frame.mjs'
import { access, mint, session } from '../mint.mjs'

const visit = (name, claims) => {
  const all = session(claims)
  return one(
    name,
    clerk(),
    page('/dashboard', cookie(mint(all))),
    allowed(RULE.dashboard, { userId: 'user_1', sessionClaims: all }),
  )
}

/** As many claims as fit a cookie of 4 096 bytes. */
function nearCookieLimit() {
  const claims = { bio: '', organizations: { org_1: 'org:admin', org_2: 'org:member' } }
  while (`__session=${mint(session({ ...claims, bio: `${claims.bio}x` }))}`.length <= 4096)
    claims.bio += 'x'
  return claims
}

export const documents = [
  visit('custom claims: full name and address', {
    fullName: 'Ada Lovelace',
    primaryEmail: 'ada@example.com',
  }),
  visit('custom claims: names beyond ASCII', { fullName: 'Zoë Ångström 李小龍 🧮' }),
  visit('custom claims: the members of an organization application', {
    managerOSUserId: 'usr_2Fz',
    organizationId: 'org_77',
    organizationName: 'Acme & Sons',
    organizationSlug: 'acme-sons',
    personId: 'person_12',
    role: 'ADMIN',
  }),
  visit('custom claims: what is not set is null', {
    managerOSUserId: 'usr_2Fz',
    organizationId: null,
    organizationName: null,
    personId: null,
    role: null,
  }),
  visit('custom claims: every JSON type', {
    metadata: { plan: 'pro', seats: 3, beta: true, tags: ['a', 'b'], ratio: 0.5, none: null },
  }),
  visit('custom claims: names that JavaScript objects have already', {
    constructor: 'c',
    toString: 't',
    hasOwnProperty: false,
  }),
  visit('a token that just fits a cookie', nearCookieLimit()),
  one(
    'a role claim added to the payload of another issuer',
    oidc({ cookie: 'sAccessToken' }),
    page('/dashboard', {
      cookie: `sAccessToken=${mint(access({ role: 'user', newKey: 'newValue' }))}`,
    }),
    allowed(RULE.dashboard, {
      userId: 'subject-1',
      sessionClaims: access({ role: 'user', newKey: 'newValue' }),
    }),
  ),
]
