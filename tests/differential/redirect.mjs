// The same redirects to sign in and up by the peer's `createRedirect` and by us.
//
//     node redirect.mjs [--count N] [--seed N] [--case N]

import { createRedirect } from '@clerk/backend/internal'
import { buildAccountsBaseUrl } from '@clerk/shared/buildAccountsBaseUrl'
import { parsePublishableKey } from '@clerk/shared/keys'
import { attempt, core } from './core.mjs'
import { redirect as makeRedirect, REFUSED } from './generate/redirect.mjs'
import { run } from './pairs.mjs'

const DIFFERENCES = {
  address: 'refused: no address that we send a browser to',
  create: 'sign-up below the sign-in page without a publishable key',
}

await run({
  count: 20_000,
  kinds: ['the same address', 'the same address, from a gate', 'both refuse', DIFFERENCES.address],
  compare(random, note) {
    const args = makeRedirect(random)
    const expected = peerAddress(args)
    const answer = attempt(() => core.signInAddress(JSON.stringify(ownOptions(args))))
    const wrong = compareAddress(args, expected, answer, note, 'the same address')
    if (wrong || answer.error || !isGateCase(args)) return wrong
    return compareAddress(args, expected, fromGate(args), note, 'the same address, from a gate')
  },
})

function compareAddress(args, expected, answer, note, same) {
  if (answer.value !== undefined && answer.value === expected) return note(same)
  if (answer.error && expected === undefined) return note('both refuse')
  if (answer.error && isUnusual(args)) return note(DIFFERENCES.address)
  if (expected === undefined && !args.publishableKey && args.page === 'sign-up') {
    const whole = { ...args, signUpUrl: below(args) }
    if (args.signInUrl && peerAddress(whole) === answer.value) return note(DIFFERENCES.create)
  }
  return { args, expected, answer }
}

function peerAddress({ page, returnBackUrl, ...params }) {
  const redirects = createRedirect({ ...params, redirectAdapter: (url) => url })
  try {
    const to = page === 'sign-in' ? redirects.redirectToSignIn : redirects.redirectToSignUp
    return to({ returnBackUrl })
  } catch {
    return undefined
  }
}

function ownOptions({ baseUrl, returnBackUrl, publishableKey, sessionStatus, ...args }) {
  const key = parsePublishableKey(publishableKey)
  return {
    page: args.page,
    from: baseUrl,
    returnTo: returnBackUrl,
    signInUrl: args.signInUrl,
    signUpUrl: args.signUpUrl,
    hosted: buildAccountsBaseUrl(key?.frontendApi),
    isSatellite: args.isSatellite,
    devBrowser: key?.instanceType === 'development' ? args.devBrowserToken : null,
    isPending: sessionStatus === 'pending',
  }
}

/** Whether the case can be said with the options of a gate, which are stricter. */
function isGateCase(args) {
  const { publishableKey, signInUrl, signUpUrl, isSatellite, devBrowserToken } = args
  const isPage = (url) =>
    url === '' ||
    (URL.canParse(url, args.baseUrl) && /^(?:https?:\/\/[^/]+\/|\/(?![/\\]))[!-[\]-~]*$/.test(url))
  const isPlain = /^[\x21-\x7e]*$/.test(devBrowserToken) && !/[;,&]/.test(devBrowserToken)
  if (isUnusual(args)) return false
  return publishableKey && !isSatellite && isPage(signInUrl) && isPage(signUpUrl) && isPlain
}

function fromGate({ page, baseUrl, returnBackUrl, sessionStatus, devBrowserToken, ...provider }) {
  const { publishableKey, signInUrl, signUpUrl } = provider
  const options = { provider: { kind: 'clerk', publishableKey, signInUrl, signUpUrl } }
  const { value: gate, error } = attempt(
    () => new core.GateHandle(JSON.stringify(options), undefined, false),
  )
  if (error) throw new Error(`${error.message} ${signInUrl} ${signUpUrl}`)
  const cookie = devBrowserToken ? `\nB__clerk_db_jwt=${devBrowserToken}` : ''
  try {
    const isPending = sessionStatus === 'pending'
    const request = `GET\n${baseUrl}${cookie}`
    return attempt(() => gate.signInAddress(page, request, 0, returnBackUrl ?? '', isPending))
  } finally {
    gate.free()
  }
}

/** Whether some address has user information, another scheme, or a host of unusual characters. */
function isUnusual({ signInUrl, signUpUrl, returnBackUrl }) {
  const isRefused = (text) => REFUSED.includes(text) || /^x:y/.test(text)
  return [signInUrl, signUpUrl, returnBackUrl].some(isRefused)
}

function below({ signInUrl, baseUrl }) {
  const url = new URL(signInUrl, baseUrl)
  url.pathname = `${url.pathname}/create`
  return url.href
}
