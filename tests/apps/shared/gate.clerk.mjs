import { clerk } from 'sessiongate'

/** Who may go where; the first rule that matches decides. */
export const options = {
  // The keys come from Clerk's own environment variables: CLERK_PUBLISHABLE_KEY, CLERK_JWT_KEY, …
  provider: clerk({
    authorizedParties: [process.env.APP_ORIGIN],
    signInUrl: '/sign-in',
  }),
  routes: [
    { path: ['/', '/hello', '/sign-in(.*)'], access: 'public' },
    { path: '/admin(.*)', access: { role: 'org:admin' } },
    { path: '/api(.*)', access: 'signed-in', onDenied: 'status' },
    { path: '/(.*)', access: 'signed-in' },
  ],
}
