// Everything around the browser in one walk: the website with the gate in front of it, the API, the core.

import { KIDS, plainKeySet } from '../keys.mjs'
import { askApi, REFUSALS, refreshed } from './api.mjs'
import { createGate, supertokens } from './package.mjs'
import { NOW, REFRESHED } from './tokens.mjs'

/** The cookies' path and the path of the API by which sessions are refreshed. */
export const REFRESH_PATH = '/auth/session/refresh'
const KEYS_PATH = '/auth/jwt/jwks.json'
const REFRESH_TOKEN = 'refresh-token'
const SILENCE = 'silence'

/** What pages of the website do with their visitors. */
const PAGES = { '/auth': 'sign-in', '/refresh-session': 'refresh' }

export class World {
  /** What was asked of the API and of the core: `{ by, what, status }`. */
  calls = []
  /** The states in which keys were asked for. */
  keys = []
  /** What the gate said to each of the visitor's requests to the website. */
  decisions = []
  #scenario
  #choices
  #gate
  #hasRefreshToken = false

  constructor(scenario, choices, makeGate = createGate) {
    this.#scenario = scenario
    this.#choices = choices
    this.apiDomain = scenario.provider.apiDomain
    this.frontDomain = scenario.frontDomain
    this.signInPath = '/auth'
    /** Where visitors may be sent. */
    this.origins = [scenario.site, ...(scenario.otherOrigins ?? [])]
    /** Whether there is a way to refresh from the website. */
    this.canRefresh = !scenario.isOutOfReach
    this.wantsHeader = scenario.provider.antiCsrf === 'VIA_CUSTOM_HEADER'
    /** Whether the browser keeps the session to itself on the first request. */
    this.isWithheld = scenario.isWithheld ?? false
    this.#gate = makeGate({
      provider: supertokens(scenario.provider),
      routes: scenario.routes,
      clock: () => NOW,
      fetch: (url, init) => this.#fetchOfGate(url, init),
    })
  }

  /** Answers a request of a browser, or of a script in it. */
  answer(request, from) {
    const { origin } = new URL(request.url)
    if (origin === this.#scenario.site) return this.#website(request, from)
    if (origin === this.apiDomain) return this.#api(request, from)
    return pageAnswer()
  }

  /** What the scripts of a page do; nothing on pages of others. */
  pageAt(url) {
    const { origin, pathname } = new URL(url)
    return origin === this.#scenario.site ? PAGES[pathname] : undefined
  }

  /** The browser is about to ask: only there does a refresh token matter. */
  beforeRequest(url, browser) {
    if (new URL(url).pathname !== REFRESH_PATH || this.#hasRefreshToken) return
    this.#hasRefreshToken = true
    const state = this.#choices.pick('refreshToken')
    if (state === 'none') return
    const set = (host, domain) => {
      const path = `${host}${REFRESH_PATH}`
      const { sameSite = 'Lax' } = this.#scenario
      const cookie = `sRefreshToken=${REFRESH_TOKEN}-${state}${domain}; Path=${REFRESH_PATH}`
      browser.keep(`${cookie}; HttpOnly; Secure; SameSite=${sameSite}`, path)
    }
    const { cookieDomain } = this.#scenario.provider
    set(this.apiDomain, cookieDomain ? `; Domain=${cookieDomain}` : '')
    if (state === 'twice') set(this.#scenario.site, cookieDomain ? '' : '; Domain=.example.com')
  }

  async #website(request, by) {
    const { method, headers } = request
    const { site, seenAs = site } = this.#scenario
    const url = request.url.replace(site, seenAs)
    const decision = await this.#gate.check({ method, url, headers })
    if (by === 'browser') this.decisions.push(decision)
    const response = decision.toResponse()
    if (response !== null) {
      return { status: response.status, headers: decision.headers, body: await response.text() }
    }
    const answer = await this.#behindTheGate(request, by)
    return { ...answer, headers: [...answer.headers, ...decision.headers] }
  }

  #behindTheGate(request, by) {
    const { pathname } = new URL(request.url)
    const isForApi = this.apiDomain === this.#scenario.site && pathname.startsWith('/auth/')
    const isPage = request.method === 'GET' && this.#scenario.screens.includes(pathname)
    return isForApi && !isPage ? this.#api(request, by) : pageAnswer()
  }

  async #api({ method, url, headers }, by) {
    const { pathname, search } = new URL(url)
    if (pathname === KEYS_PATH) return this.#keys(by)
    const request = { method, path: pathname + search, headers: Object.entries(headers) }
    if (method !== 'POST' || pathname !== REFRESH_PATH) return askApi(request)
    return this.#called(by, 'refresh', await this.#refresh(request))
  }

  /** The API's answer to a refresh, or that of whoever stands in its place. */
  #refresh(request) {
    switch (this.#choices.pick('api')) {
      case 'fails':
        return { status: 500, headers: [], body: '' }
      case 'silent':
        return SILENCE
      case 'walled':
        return { status: 401, headers: [['www-authenticate', 'Basic']], body: '' }
      default:
        return askApi(request, this.#wordOfCore(request))
    }
  }

  /** What the core would say to a refresh; the API does not ask it about what it refuses by itself. */
  #wordOfCore({ headers }) {
    const tokens = headers.flatMap(([, value]) => value.match(/refresh-token-\w+/g) ?? [])
    if (tokens.length !== 1) return undefined
    const refusal = REFUSALS[this.#choices.pick('session')]
    return refusal ?? refreshed(REFRESHED[this.#choices.pick('brought')], `${REFRESH_TOKEN}-next`)
  }

  async #keys(by) {
    const state = this.#choices.pick('keys')
    this.keys.push(state)
    switch (state) {
      case 'unreachable':
        return this.#called(by, 'keys', SILENCE)
      case 'malformed':
        return this.#called(by, 'keys', json({ keys: 1 }))
      case 'rotated': {
        const { keys } = plainKeySet()
        return this.#called(
          by,
          'keys',
          json({ keys: keys.filter(({ kid }) => kid !== KIDS.dynamic) }),
        )
      }
      default:
        return this.#called(
          by,
          'keys',
          await askApi({ method: 'GET', path: KEYS_PATH, headers: [] }),
        )
    }
  }

  /** The core, asked by the gate. */
  #core() {
    const word = this.#choices.pick('core')
    const session = { handle: 'handle', userId: 'user', recipeUserId: 'user', tenantId: 'public' }
    switch (word) {
      case 'ok':
        return json({ status: 'OK', session: { ...session, userDataInJWT: {} } })
      case 'other token': {
        const { token, expiry } = REFRESHED.good
        const accessToken = { token, expiry, createdTime: NOW }
        return json({ status: 'OK', session: { ...session, userDataInJWT: {} }, accessToken })
      }
      case 'unauthorised':
        return json({ status: 'UNAUTHORISED', message: 'no session' })
      case 'try refresh':
        return json({ status: 'TRY_REFRESH_TOKEN', message: 'old' })
      case 'fails':
        return { status: 500, headers: [], body: '' }
      default:
        return SILENCE
    }
  }

  async #fetchOfGate(url, { method, headers, body }) {
    const { origin, pathname } = new URL(url)
    const request = { url, method, headers: Object.fromEntries(headers), body }
    const reply =
      origin === this.#scenario.provider.connectionURI
        ? this.#called('gate', pathname, this.#core())
        : origin === this.#scenario.site
          ? await this.#website(request, 'gate')
          : await this.#api(request, 'gate')
    if (reply.isSilent) throw new TypeError('fetch failed')
    return new Response(reply.body, reply)
  }

  #called(by, what, answer) {
    this.calls.push({ by, what, status: answer === SILENCE ? null : answer.status, answer })
    return answer === SILENCE ? { status: 599, headers: [], body: '', isSilent: true } : answer
  }
}

function json(value) {
  return {
    status: 200,
    headers: [['content-type', 'application/json']],
    body: JSON.stringify(value),
  }
}

function pageAnswer() {
  return { status: 200, headers: [['content-type', 'text/html']], body: '' }
}
