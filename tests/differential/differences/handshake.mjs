// The handshake, its loop guard, and the refresh.

import { cookieOf } from '../facts.mjs'
import {
  handshakeTokensOf,
  IGNORED_HANDSHAKE,
  nonceOf,
  replacing,
  withCookie,
  withoutHandshake,
} from '../restate.mjs'

export const HANDSHAKE = [
  {
    name: 'redirect-counter',
    why: 'The loop guard holds from the third redirect on, not only at it.',
    applies: (testCase) => Number(cookieOf(testCase, '__clerk_redirect_count')) > 3,
    restate: (testCase) => withCookie(testCase, '__clerk_redirect_count', '3'),
  },
  {
    name: 'handshake-error-is-no-exception',
    why: 'In development the peer throws when a handshake token is bad; we carry on.',
    applies: (testCase) => handshakeTokensOf(testCase).length > 0,
    when: ({ throws }) => /^Error: Clerk: Handshake token verification failed/.test(throws),
    restate: (testCase) => {
      const [token] = handshakeTokensOf(testCase)
      return replacing(testCase, [[token, `${IGNORED_HANDSHAKE}A`]])
    },
  },
  {
    name: 'unredeemed-nonce',
    why: 'A nonce that is not redeemed does not sign a valid session out.',
    applies: (testCase) => nonceOf(testCase) !== null && !isRedeemed(testCase.network.handshake),
    restate: withoutHandshake,
    // We ask as well, and then go on.
    expect: (answer, { before }) => {
      const asked = before.calls?.filter(({ url }) => url.includes('/handshake_payload')) ?? []
      return answer.calls ? { ...answer, calls: [...asked, ...answer.calls] } : answer
    },
  },
  {
    name: 'refresh-error-code',
    why: 'Only what looks like a code becomes part of the reason.',
    applies: ({ network: { refresh } }) => {
      const [first] = refresh?.body?.errors ?? []
      return first !== undefined && !/^[\w-]+$/.test(first.code ?? '')
    },
    restate: (testCase) => {
      const refresh = { ...testCase.network.refresh, body: { errors: [] } }
      return { ...testCase, network: { ...testCase.network, refresh } }
    },
  },
]

function isRedeemed(reply) {
  return !reply?.fails && (reply?.status ?? 200) < 400 && Array.isArray(reply?.body?.directives)
}
