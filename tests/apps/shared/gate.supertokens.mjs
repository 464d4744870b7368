import { supertokens, UserRoleClaim } from 'sessiongate'

/** Who may go where; the first rule that matches decides. */
export const options = {
  provider: supertokens({
    apiDomain: process.env.APP_ORIGIN,
    websiteDomain: process.env.APP_ORIGIN,
    cookieSameSite: 'lax',
    // Without it the keys are fetched from `<apiDomain>/auth/jwt/jwks.json`, once for a long time.
    jwks: process.env.SUPERTOKENS_JWKS && JSON.parse(process.env.SUPERTOKENS_JWKS),
  }),
  routes: [
    { path: ['/', '/hello', '/auth(.*)'], access: 'public' },
    {
      path: '/admin(.*)',
      access: 'signed-in',
      session: { claimValidators: [UserRoleClaim.validators.includes('admin')] },
    },
    { path: '/(.*)', access: 'signed-in' },
  ],
}
