// A core of SuperTokens on loopback that records what it is asked and answers from a script.

import { serve } from './support.mjs'

const encode = (text) => Buffer.from(text).toString('base64url')

/** A token as the core makes it, not really signed. */
export function token(payload) {
  const header = { alg: 'RS256', typ: 'JWT', version: '5', kid: 'd-1' }
  return [encode(JSON.stringify(header)), encode(JSON.stringify(payload)), encode('s')].join('.')
}

export const payload = { sub: 'u', rsub: 'r', tId: 'public', b: 1 }

/** `session` in an answer. */
export const session = {
  handle: 'h',
  userId: 'u',
  recipeUserId: 'r',
  userDataInJWT: { n: 1 },
  tenantId: 'public',
}

/** The answer with new tokens. */
export const tokens = {
  status: 'OK',
  session,
  accessToken: { token: token(payload), expiry: 1_700_003_600_000, createdTime: 1 },
  refreshToken: { token: 'r+/=', expiry: 1_700_000_000_999, createdTime: 1 },
}

/**
 * Serves a core; `script` has answers by path: a body, a function that answers itself, or a list of
 * them for one request after the other.
 */
export async function fakeCore(t, script) {
  const asked = []
  const answers = { '/apiversion': { versions: ['5.3', '5.4'] }, ...script }
  const url = await serve(t, (request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const { method, url, headers } = request
      asked.push({ method, url, headers, body })
      const entry = answers[url.split('?')[0]]
      const answer = Array.isArray(entry) ? entry.shift() : entry
      if (typeof answer === 'function') return answer(response)
      response.setHeader('content-type', 'application/json')
      response.statusCode = answer === undefined ? 404 : 200
      response.end(JSON.stringify(answer ?? {}))
    })
  })
  return {
    url,
    asked,
    /** The requests but for the one about versions, as lines. */
    lines: () =>
      asked
        .filter(({ url }) => !url.startsWith('/apiversion'))
        .map(({ method, url, body }) => `${method} ${url} ${body}`.trim()),
  }
}
