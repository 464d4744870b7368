// A case while it is being made up: a request, the options of both sides, and the network.

import { createHash } from 'node:crypto'

export class Draft {
  method = 'GET'
  url = 'https://app.example.com/'
  /** `[name, value]` pairs; the cookies come on top. */
  headers = []
  /** `[name, value]` pairs. */
  cookies = []
  /** Writes the Cookie header out of the cookies. */
  writeCookies = (cookies) => cookies.map(([name, value]) => `${name}=${value}`).join('; ')
  /** The options of `authenticateRequest`. */
  options = {}
  /** Options that only we have. */
  ours = {}
  /** The argument of the peer's `toAuth`; an option of ours. */
  toAuth = {}
  /** The key that good tokens are signed with, unless it is the instance's usual one. */
  key = undefined
  /** What the Backend API answers; see fake-bapi.mjs. */
  network = {}
  /** The instance; see generate/instance.mjs. */
  instance = null

  constructor(random, now) {
    this.random = random
    this.now = now
    this.seconds = Math.floor(now / 1000)
  }

  get isProduction() {
    return this.options.publishableKey?.startsWith('pk_live_') === true
  }

  /** The issuer that makes the peer see a token as one of this instance (clerk.md 1.7, rule 2). */
  get issuer() {
    const { domain, isSatellite } = this.options
    const host = this.isProduction && isSatellite && domain ? `clerk.${domain}` : this.instance.host
    return `https://${host}`
  }

  suffixed(name) {
    const hash = createHash('sha1')
      .update(this.options.publishableKey ?? '')
      .digest('base64url')
    return `${name}_${hash.slice(0, 8)}`
  }

  header(name, value) {
    this.headers.push([name, value])
  }

  cookie(name, value) {
    this.cookies.push([name, value])
  }

  query(name, value) {
    const [before, fragment] = this.url.split('#')
    const mark = before.includes('?') ? '&' : '?'
    const tail = fragment === undefined ? '' : `#${fragment}`
    this.url = `${before}${mark}${name}=${encodeURIComponent(value)}${tail}`
  }

  /** The finished case: JSON and nothing else, so that a printed one can be run again. */
  toCase(area) {
    const { now, method, url, options, ours, toAuth, network } = this
    const headers = [...this.headers]
    if (this.cookies.length > 0) headers.push(['cookie', this.writeCookies(this.cookies)])
    return { area, now, method, url, headers, options, ours, toAuth, network }
  }
}
