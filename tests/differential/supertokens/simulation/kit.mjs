// The kit of SuperTokens that runs in browsers, `supertokens-website` itself, with our browser around it.

import { createRequire } from 'node:module'
import { setImmediate as turn } from 'node:timers/promises'
import { NOW } from './tokens.mjs'

const require = createRequire(import.meta.url)
const kit = require('supertokens-website').default

/** Turns of the event loop without anything to wait for, after which nothing comes any more. */
const QUIET_TURNS = 10

/** Whom the kit, of which there is only one, works for now. */
let current

/** The window that the kit finds; it takes `fetch` from it once. */
const page = {
  fetch: (url, init) => current.fetch(url, init),
}

/** The kit as a page at `url` has it. */
export function kitOf(world, browser, url) {
  current = {
    browser,
    url,
    underWay: 0,
    async fetch(address, { method, headers }) {
      const sent = { ...Object.fromEntries(headers), 'sec-fetch-dest': 'empty' }
      this.underWay++
      try {
        const request = { method: method.toUpperCase(), headers: sent }
        const response = await browser.fetch(address, request, 'kit')
        if (response.isSilent) throw new TypeError('Failed to fetch')
        return new Response(response.body, response)
      } finally {
        this.underWay--
      }
    },
  }
  initialise(world, new URL(url))
  return { doesSessionExist, refresh }
}

/** What the kit was last initialised for. */
let place

function initialise({ apiDomain, frontDomain }, { hostname, origin, pathname }) {
  const wanted = [apiDomain, frontDomain, origin, pathname].join()
  if (place === wanted) return
  place = wanted
  kit.init({
    apiDomain,
    sessionTokenFrontendDomain: frontDomain,
    isInIframe: false,
    cookieHandler: (usual) => ({
      ...usual,
      getCookie: async () => {
        current.browser.beforeReading()
        return current.browser.readable(current.url)
      },
      setCookie: async (cookie) => current.browser.write(cookie, current.url),
    }),
    windowHandler: (usual) => ({
      ...usual,
      getWindowUnsafe: () => page,
      location: {
        ...usual.location,
        getHostName: () => hostname,
        getOrigin: () => origin,
        getPathName: () => pathname,
      },
    }),
    dateProvider: () => ({
      now: () => NOW,
      getThresholdInSeconds: () => 0,
      getClientClockSkewInMillis: () => 0,
      setClientClockSkewInMillis() {},
    }),
    lockFactory: async () => ({ acquireLock: async () => true, releaseLock: async () => {} }),
    override: { functions: (usual) => ({ ...usual, addXMLHttpRequestInterceptor() {} }) },
  })
}

/** Whether the kit believes in a session. A fault of its own leaves the visitor where they are. */
const doesSessionExist = () => inTheEnd(kit.doesSessionExist(), { otherwise: false })

/** What came of a refresh by the kit. */
async function refresh() {
  const isRefreshed = await inTheEnd(kit.attemptRefreshingSession(), { otherwise: null })
  if (isRefreshed === null) return 'failed'
  return isRefreshed ? 'refreshed' : 'signed out'
}

/** What a promise of the kit comes to. It waits for ever for a front token that it could not read. */
async function inTheEnd(promise, { otherwise }) {
  let end
  promise.then(
    (value) => {
      end = { value }
    },
    () => {
      end = { value: otherwise }
    },
  )
  for (let quiet = 0; end === undefined && quiet < QUIET_TURNS; quiet++) {
    await turn()
    if (current.underWay > 0) quiet = 0
  }
  return end === undefined ? otherwise : end.value
}
