// Finding the token, for the contenders that leave it to the application.

import { parseCookie } from 'cookie'

/** The session token of a request, or undefined. */
export function tokenOf(request) {
  const cookie = request.headers.get('cookie')
  return cookie === null ? undefined : parseCookie(cookie).__session
}
