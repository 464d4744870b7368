// Every decision of `tests/conformance/decisions.json`, with the request in each of its forms.

import { equal, throws } from './check.mjs'
import { Network } from './replies.mjs'

/** The checks of one case: with a plain object, with pairs and, where it can hold them, a Request. */
export function checksOf(api, one) {
  const { name, expect, replies } = one
  if (expect?.error !== undefined) return [[name, () => refused(api, one)]]
  // Only what needs nothing from the network can be had without waiting.
  const atOnce = (gate, request) => gate.checkSync(request)
  const waiting = (gate, request) => gate.check(request)
  const usual = replies === undefined ? atOnce : waiting
  const isWeb = requestsOf(one).every((request) => webRequest(request) !== null)
  return [
    [`${name} [object]`, () => play(api, one, (request) => request, usual)],
    [`${name} [pairs]`, () => play(api, one, withPairs, waiting)],
    ...(isWeb ? [[`${name} [Request]`, () => play(api, one, webRequest, usual)]] : []),
  ]
}

/** The requests of a case: one, or several in a row to the same gate. */
export function requestsOf({ steps, request }) {
  return steps === undefined ? [request] : steps.map((step) => step.request)
}

/** The request as a web `Request`; `null` when the runtime's cannot hold all of it. */
export function webRequest({ method, url, headers }) {
  if (new URL(url).href !== url) return null
  try {
    const request = new Request(url, { method, headers })
    const holds = ([name, value]) => request.headers.get(name) === value
    return Object.entries(headers).every(holds) ? request : null
  } catch {
    return null
  }
}

function withPairs(request) {
  const pairs = Object.entries(request.headers).flatMap(([key, value]) =>
    [value].flat().map((one) => [key, one]),
  )
  return { ...request, headers: pairs }
}

async function play(api, one, form, ask) {
  const { options, replies, steps = [one] } = one
  const network = new Network(replies)
  let now
  const gate = api.createGate({ ...options, clock: () => now, fetch: network.fetch })
  for (const step of steps) {
    now = step.now
    const decision = await ask(gate, form(step.request))
    compare({ ...view(decision, options.routes), asked: network.take() }, step.expect)
  }
}

async function refused(api, { options, expect }) {
  const { code, option } = expect.error
  const error = await throws(() => api.createGate(options), 'ConfigError', code)
  equal(error.option, option, 'option')
}

function view(decision, routes) {
  const rule = decision.rule === null ? null : routes.indexOf(decision.rule)
  const cookies = decision.headers.filter(([name]) => name === 'set-cookie')
  return {
    ...decision.toJSON(),
    rule,
    cookies: cookies.map(([, value]) => value),
    headers: Object.fromEntries(decision.headers),
  }
}

/** Looks at what `expect` names: members of state, auth and headers, everything else as a whole. */
function compare(actual, expect) {
  for (const [name, value] of Object.entries(expect)) {
    if (name === 'asked') {
      equal(actual.asked.length, value.length, 'requests to the network')
      value.forEach((one, index) => {
        members(actual.asked[index], one, `asked[${index}]`)
      })
    } else if (['state', 'auth', 'headers'].includes(name)) {
      members(actual[name], value, name)
    } else {
      equal(actual[name], value, name)
    }
  }
}

function members(actual, expected, what) {
  for (const [member, one] of Object.entries(expected)) {
    equal(actual[member], one, `${what}.${member}`)
  }
}
