// Every decision of `tests/conformance/decisions.json`, with the request in each of its forms.

import { equal } from './check.mjs'

/** The checks of one case: with a plain object, with pairs and, where it can hold them, a Request. */
export function checksOf(api, { name, now, options, request, expect }) {
  const gate = () => api.createGate({ ...options, clock: () => now })
  const matches = (decision) => compare(view(decision, options.routes), expect)
  const pairs = Object.entries(request.headers).flatMap(([key, value]) =>
    [value].flat().map((one) => [key, one]),
  )
  const web = webRequest(request)
  return [
    [`${name} [object]`, () => matches(gate().checkSync(request))],
    [`${name} [pairs]`, async () => matches(await gate().check({ ...request, headers: pairs }))],
    ...(web === null ? [] : [[`${name} [Request]`, () => matches(gate().checkSync(web))]]),
  ]
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

function view(decision, routes) {
  const rule = decision.rule === null ? null : routes.indexOf(decision.rule)
  return { ...decision, rule, headers: Object.fromEntries(decision.headers) }
}

/** Looks at what `expect` names: members of state, auth and headers, everything else as a whole. */
function compare(actual, expect) {
  for (const [name, value] of Object.entries(expect)) {
    if (!['state', 'auth', 'headers'].includes(name)) {
      equal(actual[name], value, name)
      continue
    }
    for (const [member, one] of Object.entries(value)) {
      equal(actual[name][member], one, `${name}.${member}`)
    }
  }
}
