// What is thrown: wrong requests, wrong options, wrong keys.

import { equal, gateOf, throws } from './check.mjs'

export function misuse(api, pick) {
  const one = () => pick('signed in by cookie')
  const requests = [
    ['a relative URL', { method: 'GET', url: '/x', headers: {} }, 'request-url'],
    ['no URL', { method: 'GET', headers: {} }, 'request-url'],
    ['a method that is none', { method: 'G T', url: 'https://a/', headers: {} }, 'request-method'],
    ['no headers', { method: 'GET', url: 'https://a/' }, 'request-headers'],
    [
      'a header with a line break',
      { method: 'GET', url: 'https://a/', headers: { cookie: 'a=b\r\nx: y' } },
      'request-headers',
    ],
    [
      'a header that is a number',
      { method: 'GET', url: 'https://a/', headers: { cookie: 1 } },
      'request-headers',
    ],
    ['nothing', undefined, 'request-type'],
    ['a string', 'https://a/', 'request-type'],
  ]
  const options = [
    ['no options', undefined, 'wrong-type', 'options'],
    ['no provider', {}, 'missing-option', 'provider'],
    ['an option that does not exist', { ...one().options, route: [] }, 'unknown-option', 'route'],
    ['a clock that is none', { ...one().options, clock: 1 }, 'wrong-type', 'clock'],
    ['a fetch that is none', { ...one().options, fetch: {} }, 'wrong-type', 'fetch'],
    [
      'a key that is none',
      { provider: api.clerk({ jwtKey: 'not a key!' }) },
      'pem-malformed',
      'provider.jwtKey',
    ],
  ]
  return [
    ...requests.map(([name, request, code]) => [
      `misuse: ${name}`,
      async () => {
        const error = await throws(
          () => gateOf(api, one()).checkSync(request),
          'RequestError',
          code,
        )
        equal(error instanceof TypeError && error instanceof api.RequestError, true)
        await throws(() => gateOf(api, one()).check(request), 'RequestError', code)
      },
    ]),
    ...options.map(([name, given, code, option]) => [
      `misuse: ${name}`,
      async () => {
        const error = await throws(() => api.createGate(given), 'ConfigError', code)
        equal([error.option, error instanceof api.ConfigError], [option, true])
      },
    ]),
    [
      'misuse: a clock that has no time',
      async () => {
        for (const now of [Number.NaN, Number.POSITIVE_INFINITY, undefined, '1']) {
          const gate = gateOf(api, one(), { clock: () => now })
          await throws(() => gate.checkSync(one().request), 'TypeError', undefined)
        }
      },
    ],
    [
      'misuse: keys for a signature that are none',
      async () => {
        const nothing = new Uint8Array()
        await throws(() => api.verifyJws('a.b.c', {}), 'ConfigError', 'missing-option')
        await throws(
          () => api.verifySignature({}, nothing, nothing),
          'ConfigError',
          'missing-option',
        )
      },
    ],
  ]
}
