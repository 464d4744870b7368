// Our own words, and what we do without asking.

import { headerTokenOf } from '../facts.mjs'
import { isFieldValue, textOf, withWords } from '../words.mjs'

const OPAQUE = { mt: 'm2m_token', oat: 'oauth_token', ak: 'api_key' }

export const WORDING = [
  {
    name: 'opaque-machine-token',
    why: 'Opaque tokens can only be verified by the Backend API, which we do not ask.',
    applies: (testCase) => kindOf(testCase) !== undefined,
    // The peer is told that there is no such token.
    restate: (testCase) => {
      const verify = { status: 404, body: { errors: [] } }
      return { ...testCase, network: { ...testCase.network, verify } }
    },
    expect: (answer, { testCase }) => {
      if (!/ \(code=token-invalid, status=(?:404|n\/a)\)$/.test(answer.message)) return answer
      const code = 'machine-token-needs-network'
      const message = `${textOf(code)} (code=${code}, status=n/a)`
      return { ...withWords(answer, code, message), tokenType: kindOf(testCase), calls: [] }
    },
  },
  {
    name: 'own-code-for-no-token',
    why: '`No token in header` is a sentence; ours is a code.',
    applies: ({ options }) => options.acceptsToken !== undefined,
    when: ({ reason }) => reason === 'No token in header',
    expect: (answer) => withWords(answer, 'no-token-in-header', answer.message),
  },
  {
    name: 'control-characters',
    why: 'No control character gets into a header.',
    applies: () => true,
    when: ({ headers = {} }) => !Object.values(headers).every(isFieldValue),
    expect: (answer) => {
      const legal = Object.entries(answer.headers).filter(([, value]) => isFieldValue(value))
      return { ...answer, headers: Object.fromEntries(legal) }
    },
  },
]

/** The kind of an opaque token in the header, or of what has the prefix of one. */
function kindOf(testCase) {
  return OPAQUE[/^(mt|oat|ak)_/.exec(headerTokenOf(testCase) ?? '')?.[1]]
}
