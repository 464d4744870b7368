import { supertokens, UserRoleClaim } from 'sessiongate'

/** Who may go where; the first rule that matches decides. */
export const options = (env) => ({
  provider: supertokens({
    apiDomain: env.APP_ORIGIN,
    websiteDomain: env.APP_ORIGIN,
    cookieSameSite: 'lax',
    jwks: JSON.parse(env.SUPERTOKENS_JWKS),
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
})
