// One walk: a visitor with these cookies goes to this page, while the world is in this state.

import { Browser } from './browser.mjs'
import { World } from './world.mjs'

/** `{ browser, world, start }` after the walk; `start` is what the visitor came with. */
export async function walk(scenario, choices, makeGate) {
  const world = new World(scenario, choices, makeGate)
  const browser = new Browser(world)
  const pick = (name) => choices.pick(name)
  const start = {
    token: pick('token'),
    front: pick('front'),
    attempts: pick('attempts'),
    path: pick('path'),
    way: pick('way'),
  }
  keepTokens(browser, scenario, start.token)
  keepReadable(browser, scenario, start, choices)
  const { way } = start
  await browser.visit(`${scenario.site}${start.path}`, { way, isCrossSite: scenario.isCrossSite })
  return { browser, world, start }
}

/** What the API has set before. */
function keepTokens(browser, { site, provider, sameSite = 'Lax', accessPath = '/' }, token) {
  const { cookieDomain } = provider
  const keep = (name, value, domain) => {
    const attributes = `${domain ? `; Domain=${domain}` : ''}; Path=${accessPath}; HttpOnly; Secure`
    browser.keep(`${name}=${value}${attributes}; SameSite=${sameSite}`, site)
  }
  for (const [name, value] of token.cookies) keep(name, value, cookieDomain)
  if (token.isTwice) {
    const [[name, value]] = token.cookies
    const other = token.isTwice === true ? value : token.isTwice
    keep(name, other, cookieDomain ? undefined : '.example.com')
  }
}

/** What the kit and the gate have set before. */
function keepReadable(browser, { site, frontDomain, byHeader }, { front, attempts }, choices) {
  const domain = frontDomain ? `; Domain=${frontDomain}` : ''
  const write = (name, value) => {
    browser.write(`${name}=${value}${domain}; Path=/; SameSite=Lax`, site)
  }
  if (front.value !== null) write('sFrontToken', front.value)
  if (byHeader && front.value !== null) {
    write('st-access-token', 'access-token')
    write('st-refresh-token', 'refresh-token-in-header')
  }
  if (attempts !== null) {
    browser.keep(`stSsrSessionRefreshAttempt=${attempts}; Path=/; Max-Age=10`, site)
  }
  const keepLastUpdate = () => {
    if (browser.readable(site).includes('st-last-access-token-update=')) return
    if (choices.pick('lastUpdate')) write('st-last-access-token-update', '1')
  }
  // The gate looks at it where there is no front token, else only the kit does.
  if (front.value === null) keepLastUpdate()
  browser.beforeReading = keepLastUpdate
}
