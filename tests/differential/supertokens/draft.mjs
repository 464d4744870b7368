// A case while it is being made up: a configuration, the options of one place in the application, and
// requests to it.

/** Until a case is finished, everything may still be changed. */
export class Draft {
  /** The options of `init` and of the session recipe, under their own names, functions as values. */
  options = { apiDomain: 'https://api.example.com', websiteDomain: 'https://example.com' }
  /** The options of `verifySession`; the claim validators as data, see validators.mjs. */
  session = {}
  /** Options that only we have. */
  ours = {}
  /** The addresses of the core: `up`, `other` or `down` each. */
  hosts = ['up']
  method = 'GET'
  path = '/api/things?a=1'
  /** `[name, value]` pairs; the cookies come on top. */
  headers = []
  /** `[name, value]` pairs; a value of null is a name without `=`. */
  cookies = []
  /** What stands between cookies. */
  separator = '; '
  /** What the core answers; see fake-core.mjs. */
  core = {}
  /** Requests that come before or after, made of this one. */
  others = []
  /** The claims that validators of this case look at, as they stand in the payload. */
  claims = {}
  /** How many tokens are odd, and how many have expired. */
  oddTokens = 0.12
  expiredTokens = 0.06
  /** What tokens are signed with, where that is not what it should be. */
  algorithms = null

  constructor(random, now) {
    this.random = random
    this.now = now
    this.seconds = Math.floor(now / 1000)
  }

  get isDynamic() {
    return this.options.useDynamicAccessTokenSigningKey ?? true
  }

  /** The path of the API that refreshes sessions. */
  get refreshPath() {
    return `${this.apiPath}/session/refresh`
  }

  /** The path below which the kit answers by itself; a gateway has taken its own off. */
  get apiPath() {
    const path = (this.options.apiBasePath ?? '/auth').replace(/^\/+|\/+$/g, '')
    return path === '' ? '' : `/${path}`
  }

  cookieName(type) {
    return (
      this.options.cookieNames?.[type] ?? { access: 'sAccessToken', refresh: 'sRefreshToken' }[type]
    )
  }

  header(name, value) {
    this.headers.push([name, value])
  }

  cookie(name, value) {
    this.cookies.push([name, value])
  }

  /** The request as it stands now, with changes. */
  request(changes = {}) {
    const { now, method, path, core } = this
    const headers = [...this.headers]
    if (this.cookies.length > 0) headers.push(['cookie', this.cookieText()])
    return { now, method, path, headers, core, ...changes }
  }

  cookieText() {
    const text = ([name, value]) => (value === null ? name : `${name}=${value}`)
    return this.cookies.map(text).join(this.separator)
  }

  /** The finished case: JSON and nothing else, so that a printed one can be run again. */
  toCase(area) {
    const { options, session, ours, hosts } = this
    const requests = [...this.others, this.request()].sort((a, b) => a.now - b.now)
    // Members that are undefined are no longer there.
    return JSON.parse(JSON.stringify({ area, options, session, ours, hosts, requests }))
  }
}
