// The build without `ring` and SuperTokens: what it verifies, and how it refuses the rest.

import { equal, run, throws } from './check.mjs'

/** RFC 7515 appendix A.1 to A.3: the keys and the tokens. */
export function slim(api, { rs256, es256, hs256 }) {
  const valid = ({ keys, token }) => equal(api.verifyJws(token, keys).ok, true)
  const refuse = (keys) =>
    throws(() => api.verifyJws(rs256.token, keys), 'ConfigError', 'key-alg-not-built-in')
  return run([
    ['RS256 is verified', () => valid(rs256)],
    ['ES256 is verified', () => valid(es256)],
    [
      'a changed token is refused',
      () => {
        const { ok, reason } = api.verifyJws(`${rs256.token.slice(0, -4)}AAAA`, rs256.keys)
        equal([ok, reason], [false, 'token-invalid-signature'])
      },
    ],
    ['SuperTokens is refused as a provider', () => withoutSuperTokens(api)],
    ['a secret is refused at its import', () => refuse(hs256.keys)],
    ['PS256 is refused at the import of the key', () => refuse(withAlg(rs256.keys, 'PS256'))],
  ])
}

const withAlg = ({ jwk }, alg) => ({ jwk: { ...jwk, alg }, algorithms: [alg] })

async function withoutSuperTokens(api) {
  const provider = api.supertokens({ apiDomain: 'https://api.example', websiteDomain: 'https://a' })
  for (const call of [
    () => api.createGate({ provider }),
    () => api.createSessions({ provider: { ...provider, connectionURI: 'https://core.example' } }),
    () => api.validateClaims([], {}),
  ]) {
    await throws(call, 'ConfigError', 'provider-not-built-in')
  }
}
