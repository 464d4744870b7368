// How the application is set up.

import { canonicalPem, cookieOf, headerTokenOf } from '../facts.mjs'
import { nonceOf, withOptions, withoutHandshake, withoutHeaders } from '../restate.mjs'
import { quoting } from '../words.mjs'

/** An instance that no cookie belongs to. */
const UNRELATED_KEY = `pk_live_${btoa('clerk.unrelated.example$')}`

export const OPTIONS = [
  {
    name: 'no-secret-key',
    why: 'Without a secret key everything works but what the Backend API is asked for.',
    applies: ({ options }) => !options.secretKey,
    // The refusals that we make up without asking.
    restate: (testCase) => {
      const mode = testCase.options.publishableKey?.startsWith('pk_test_') ? 'test' : 'live'
      const errors = [{ code: 'missing-api-client', message: 'm' }]
      const network = { ...testCase.network, refresh: { status: 422, body: { errors } } }
      const whole = withOptions({ ...testCase, network }, { secretKey: `sk_${mode}_x` })
      return nonceOf(testCase) === null ? whole : withoutHandshake(whole)
    },
    expect: (answer) => (answer.calls ? { ...answer, calls: [] } : answer),
  },
  {
    name: 'no-publishable-key',
    why: 'With keys given up front no publishable key is needed: the header, or the session cookie alone, decides, and nobody can be asked.',
    applies: ({ options }) => options.publishableKey === undefined,
    restate: withUnrelatedInstance,
    expect: (answer, { testCase }) => {
      return headerTokenOf(testCase)
        ? answer
        : quoting(answer, 'token-carrier=header)', 'token-carrier=cookie)')
    },
  },
  {
    name: 'sign-in-page-is-not-checked-per-request',
    why: 'The peer throws when `signInUrl` does not suit the Origin header.',
    applies: ({ options }) => options.isSatellite === true,
    when: ({ throws }) => /^Error: The signInUrl needs to/.test(throws),
    restate: (testCase) => withoutHeaders(testCase, /^origin$/),
  },
  {
    name: 'options-are-checked-first',
    why: 'A wrong option throws when the gate is made, not at some request.',
    applies: ({ options }) => wrongOptions(options).length > 0,
    expect: (_, { testCase }) => {
      const names = wrongOptions(testCase.options).join('|')
      return { throws: new RegExp(`^ConfigError provider\\.(?:${names})(?:\\.\\w+)?: `) }
    },
  },
]

/** The token that decides, in the header, of an instance without cookies and handshakes. */
function withUnrelatedInstance(testCase) {
  const headers = testCase.headers.filter(([name]) => name !== 'sec-fetch-dest')
  const whole = withOptions(
    { ...testCase, headers: [...headers, ['sec-fetch-dest', 'empty']] },
    { publishableKey: UNRELATED_KEY, isSatellite: undefined },
  )
  const { acceptsToken = 'session_token' } = testCase.options
  const isForSessions = ['any', acceptsToken].flat().includes('session_token')
  if (headerTokenOf(testCase) || !(isForSessions || acceptsToken === 'any')) return whole
  const bare = withoutHandshake(withoutHeaders(whole, /^(cookie|authorization)$/))
  const session = cookieOf(testCase, '__session')
  if (!session) return bare
  const authorization = ['authorization', `Bearer ${session}`]
  return withOptions(
    { ...bare, headers: [...bare.headers, authorization] },
    { acceptsToken: undefined },
  )
}

/** The options that cannot work. */
function wrongOptions({ organizationSyncOptions = {}, ...options }) {
  const { publishableKey, jwtKey, proxyUrl, signInUrl, isSatellite, domain } = options
  const patterns = Object.values(organizationSyncOptions).flatMap((list) => list ?? [])
  const isProduction = publishableKey?.startsWith('pk_live_')
  return [
    ['publishableKey', publishableKey !== undefined && !isPublishableKey(publishableKey)],
    ['jwtKey', jwtKey && canonicalPem(jwtKey) === null],
    ['proxyUrl', /[?#]/.test(proxyUrl) || !/^(?:https?:\/\/|\/)/.test(proxyUrl ?? '/')],
    ['domain', isSatellite && !domain && !proxyUrl],
    ['signInUrl', isSatellite && !isProduction && !/^https?:\/\//.test(signInUrl)],
    ['organizationSyncOptions', patterns.some((pattern) => /[a-z]\*/.test(pattern))],
  ]
    .filter(([, isWrong]) => isWrong)
    .map(([name]) => name)
}

function isPublishableKey(key) {
  const [, code = ''] = /^pk_(?:live|test)_([^_]+)$/.exec(key) ?? []
  return /^[^$]*\.[^$]*\$$/.test(Buffer.from(code, 'base64').toString('latin1'))
}
