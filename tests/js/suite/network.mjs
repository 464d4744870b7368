// Keys that are fetched: once, within limits, and again.

import { equal, gateOf, throws } from './check.mjs'

const JWKS_URL = 'https://issuer.example/jwks'

export function keysFromTheNetwork(api, pick) {
  const one = () => pick('a bearer token')
  /** A gate whose keys are behind an address, and the requests that it made there. */
  const remote = (answer, more) => {
    const asked = []
    const fetch = async (url, init) => {
      asked.push([url, init.redirect])
      return answer()
    }
    const { jwks, ...provider } = one().options.provider
    const options = { ...one().options, provider: { ...provider, jwksUrl: JWKS_URL } }
    return { asked, gate: gateOf(api, { ...one(), options }, { fetch, ...more }) }
  }
  const jwks = () => Response.json(one().options.provider.jwks)
  return [
    [
      'keys are fetched once, for all who wait and for all who come later',
      async () => {
        const { gate, asked } = remote(jwks)
        const all = await Promise.all(Array.from({ length: 5 }, () => gate.check(one().request)))
        equal(
          all.map(({ outcome }) => outcome),
          Array(5).fill('allow'),
        )
        equal(gate.checkSync(one().request).outcome, 'allow')
        equal(asked, [[JWKS_URL, 'manual']])
      },
    ],
    [
      'without waiting, keys that are missing are an error that says so',
      async () => {
        const { gate } = remote(jwks)
        const error = await throws(() => gate.checkSync(one().request), 'NeedError', 'need')
        equal(error.need, { kind: 'keys', url: JWKS_URL })
        equal(error instanceof api.NeedError, true)
      },
    ],
    [
      'keys that cannot be had are a refusal, not an exception',
      async () => {
        const failures = [
          () => new Response('', { status: 500 }),
          () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
          () => Promise.reject(new TypeError('no network')),
        ]
        for (const failure of failures) {
          const { gate, asked } = remote(failure)
          const { outcome, status, reason } = await gate.check(one().request)
          equal([outcome, status, reason], ['deny', 401, 'keys-unavailable'])
          await gate.check(one().request)
          equal(asked.length, 1, 'requests during the cool-down')
        }
      },
    ],
    [
      'a key set that is too large',
      async () => {
        const { gate } = remote(() => new Response(`{"keys":[],"x":"${'y'.repeat(70_000)}"}`))
        equal((await gate.check(one().request)).reason, 'keys-unavailable')
      },
    ],
    [
      'an answer that is no key set',
      async () => {
        for (const text of ['', '<html>', '{"hello":"world"}', '[]', '{"keys":[]}garbage']) {
          const { gate } = remote(() => new Response(text))
          equal((await gate.check(one().request)).reason, 'jwks-malformed', text)
        }
      },
    ],
    [
      'after the cool-down keys are fetched again',
      async () => {
        let now = one().now
        let fails = true
        const { gate, asked } = remote(() => (fails ? new Response('', { status: 503 }) : jwks()), {
          clock: () => now,
        })
        equal((await gate.check(one().request)).outcome, 'deny')
        fails = false
        now += 31_000
        equal((await gate.check(one().request)).outcome, 'allow')
        equal(asked.length, 2)
      },
    ],
  ]
}
