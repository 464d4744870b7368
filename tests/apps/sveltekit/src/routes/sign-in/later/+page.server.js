import { setTimeout } from 'node:timers/promises'

/** The page is sent before this is there. */
export function load({ locals }) {
  return { name: setTimeout(20).then(() => locals.auth().sessionClaims?.fullName ?? 'stranger') }
}
