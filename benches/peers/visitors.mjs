// Who visits, and what a browser sends besides the session. Runs in every runtime.

/** The user of the token at a place. */
export function userOf(place) {
  return `user_${String(place).padStart(8, '0')}`
}

/** Cookies of so many bytes, as analytics and settings leave them. */
export function otherCookies(bytes) {
  const share = Math.floor((bytes - 2 * (NAMES.length - 1)) / NAMES.length)
  const cookies = NAMES.map((name) => `${name}=${'v'.repeat(share - name.length - 1)}`)
  const text = cookies.join('; ')
  return text + 'v'.repeat(bytes - text.length)
}

const NAMES = ['_ga', '_ga_5K1XQ2', 'theme', 'locale', 'consent', '_fbp', 'cart']
