import { clerk } from 'sessiongate'

/** Who may go where; the first rule that matches decides. */
export const options = (env) => ({
  provider: clerk({
    publishableKey: env.CLERK_PUBLISHABLE_KEY,
    secretKey: env.CLERK_SECRET_KEY,
    jwtKey: env.CLERK_JWT_KEY,
    apiUrl: env.CLERK_API_URL,
    authorizedParties: [env.APP_ORIGIN],
    signInUrl: '/sign-in',
  }),
  routes: [
    { path: ['/', '/hello', '/sign-in(.*)'], access: 'public' },
    { path: '/admin(.*)', access: { role: 'org:admin' } },
    { path: '/api(.*)', access: 'signed-in', onDenied: 'status' },
    { path: '/(.*)', access: 'signed-in' },
  ],
})
