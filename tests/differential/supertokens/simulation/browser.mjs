// A browser: cookies as browsers keep them, redirects, and the kit of SuperTokens that runs on pages.

import { CookieJar } from 'tough-cookie'
import { kitOf } from './kit.mjs'

/** What a page is fetched with, by the way in which a visitor goes there. */
const WAYS = {
  link: { method: 'GET', headers: { accept: 'text/html,*/*', 'sec-fetch-dest': 'document' } },
  form: { method: 'POST', headers: { accept: 'text/html,*/*', 'sec-fetch-dest': 'document' } },
  script: { method: 'GET', headers: { accept: 'application/json', 'sec-fetch-dest': 'empty' } },
  router: {
    method: 'GET',
    headers: { accept: '*/*', 'sec-fetch-dest': 'empty', 'next-url': '/', rsc: '1' },
  },
}
/** More than any walk may take, and enough to see that it goes on. */
const ENOUGH = 9

/** One visit: where it went, and how it came to rest. */
export class Browser {
  /** `{ url, method, cookies, response, how }` of each request of the visitor. */
  steps = []
  jar = new CookieJar()
  #world

  constructor(world) {
    this.#world = world
  }

  /** Keeps a cookie as if `url` had set it. */
  keep(cookie, url) {
    this.jar.setCookieSync(cookie, url, { ignoreError: false, sameSiteContext: 'lax' })
  }

  /** Goes to a page and on to wherever that leads, until nothing leads on. */
  async visit(url, { way, isCrossSite }) {
    const { method, headers } = WAYS[way]
    let next = { url, method, how: way }
    let site = isCrossSite ? 'cross-site' : 'none'
    while (next !== null && this.steps.length <= ENOUGH) {
      const step = await this.#request(next, { ...headers, 'sec-fetch-site': site })
      next = await this.#onward(step, way)
      if (next?.how !== 'redirect') site = 'same-origin'
    }
    this.isAtRest = next === null
  }

  async #request({ url, method, how }, headers) {
    // A document that nobody of this site asked for gets no strict cookies.
    const sameSiteContext = headers['sec-fetch-site'] === 'cross-site' ? 'lax' : 'strict'
    const request = { url, method, headers: this.#withCookies(url, headers, sameSiteContext) }
    const response = await this.#world.answer(request, 'browser')
    this.#keepAll(response, url)
    const step = { url, method, cookies: request.headers.cookie ?? '', response, how }
    this.steps.push(step)
    return step
  }

  /** Where an answer leads. */
  async #onward({ url, method, response }, way) {
    const { status } = response
    const location = headerOf(response, 'location')
    if (status >= 300 && status < 400) {
      const keeps = status === 307 || status === 308
      return { url: new URL(location, url).href, method: keeps ? method : 'GET', how: 'redirect' }
    }
    const isPage = way === 'link' || way === 'form'
    const refresh = isPage && headerOf(response, 'refresh')
    if (refresh) {
      const [, target] = /^\d+;\s*url=(.+)$/.exec(refresh)
      return { url: new URL(target, url).href, method: 'GET', how: 'refresh header' }
    }
    return isPage && status === 200 ? this.#onwardByScript(url) : null
  }

  /** What the scripts of a page do. */
  async #onwardByScript(url) {
    const page = this.#world.pageAt(url)
    const { searchParams } = new URL(url)
    const to = (path, how) => ({ url: new URL(path, url).href, method: 'GET', how })
    if (page === 'sign-in') {
      const isSignedIn = await kitOf(this.#world, this, url).doesSessionExist()
      return isSignedIn ? to(searchParams.get('redirectToPath') ?? '/', 'kit') : null
    }
    if (page !== 'refresh') return null
    const back = searchParams.get('stRedirectTo') ?? '/'
    switch (await kitOf(this.#world, this, url).refresh()) {
      case 'refreshed':
        return to(back, 'kit')
      case 'signed out':
        return to(`${this.#world.signInPath}?redirectToPath=${encodeURIComponent(back)}`, 'kit')
      default:
        return null
    }
  }

  /** A request of a script, with the cookies of its own site. */
  async fetch(url, { method, headers }, from) {
    const request = { url, method, headers: this.#withCookies(url, headers, 'strict') }
    const response = await this.#world.answer(request, from)
    this.#keepAll(response, url)
    return response
  }

  /** The cookies that scripts of a page can read. */
  readable(url) {
    return this.jar.getCookieStringSync(url, { http: false })
  }

  /** A script of a page sets a cookie. */
  write(cookie, url) {
    this.jar.setCookieSync(cookie, url, { http: false })
  }

  #withCookies(url, headers, sameSiteContext) {
    this.#world.beforeRequest(url, this)
    const cookie = this.jar.getCookieStringSync(url, { sameSiteContext })
    return cookie === '' ? headers : { ...headers, cookie }
  }

  #keepAll({ headers }, url) {
    for (const [name, value] of headers) {
      if (name === 'set-cookie') this.jar.setCookieSync(value, url, { ignoreError: true })
    }
  }
}

/** The first value of a header of an answer. */
export function headerOf({ headers }, name) {
  return headers.find(([key]) => key === name)?.[1]
}
