// Which requests go to the kit's own APIs.

/** The paths below the base of the API. */
export const REFRESH = '/session/refresh'
export const SIGN_OUT = '/signout'

/** The API that a request is for, or null. */
export function apiOf({ method, path }, { options }) {
  if (method !== 'POST') return null
  const base = plain(options.apiBasePath ?? '/auth')
  const asked = plain(path)
  const api = asked.startsWith(`${base}/`) ? asked.slice(base.length) : null
  return api === REFRESH || api === SIGN_OUT ? api : null
}

/** With one slash at its start and none at its end. */
function plain(text) {
  return `/${text.split('?')[0]}`.replace(/\/+/g, '/').replace(/\/$/, '')
}
