// What protects against forged requests: methods, and the headers of the browser kit.

import { CSRF_TOKEN } from './token.mjs'

const METHODS = ['POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'GET']

export function otherMethod(draft) {
  const { random } = draft
  draft.method = random.pick(METHODS)
  if (!['OPTIONS', 'TRACE'].includes(draft.method)) return
  // What a browser asks before a request to another origin, or not quite.
  const asks = [
    ['origin', random.pick(['https://example.com', 'null', 'https://a, https://b', ''])],
    ['access-control-request-method', random.pick(['PUT', 'x-own', 'GET, PUT', ''])],
    ['access-control-request-headers', 'rid'],
  ]
  for (const [name, value] of random.some(asks, 0.85)) draft.header(name, value)
}

/** Headers as the browser kit sends them, or not quite. */
export function kitHeaders(draft) {
  const { random } = draft
  if (random.chance(0.7)) {
    draft.header(
      'rid',
      random.pick(['anti-csrf', 'anti-csrf', 'session', '', 'emailpassword', 'x']),
    )
  }
  if (random.chance(0.7)) {
    const right = random.pick([CSRF_TOKEN, CSRF_TOKEN, CSRF_TOKEN, 'wrong', '', ` ${CSRF_TOKEN}`])
    draft.header('anti-csrf', right)
    if (random.chance(0.05)) draft.header('anti-csrf', random.pick([CSRF_TOKEN, 'second']))
  }
  if (random.chance(0.5)) {
    draft.header('st-auth-mode', random.pick(['cookie', 'header', 'any', 'Cookie', 'HEADER', '']))
  }
}

/** Headers that say nothing about a session. */
export function otherHeaders(draft) {
  const { random } = draft
  const all = [
    ['accept', random.pick(['*/*', 'text/html', 'application/json'])],
    ['origin', random.pick(['https://example.com', 'https://evil.example', 'null'])],
    ['referer', 'https://example.com/page'],
    ['user-agent', 'Mozilla/5.0'],
    ['sec-fetch-dest', random.pick(['empty', 'document'])],
    ['content-type', 'application/json'],
    ['fdi-version', '4.1'],
    ['x-user-id', 'admin'],
    ['x-forwarded-host', 'evil.example'],
    ['x-forwarded-proto', 'http'],
    ['cookie', 'second=header'],
  ]
  for (const [name, value] of random.some(all, 0.2)) draft.header(name, value)
}
