// What a Clerk session token must meet besides its signature.

import { APP, allowed, bearer, call, clerk, clerkWithKeys, denied, one, RULE } from '../frame.mjs'
import { mint, pem, SESSION_HEADER, session } from '../mint.mjs'

const api = (name, provider, token, expect) =>
  one(name, provider, call('/api/me', bearer(token)), expect)

export const sessions = [
  api(
    'the header that Clerk writes today',
    clerk(),
    mint(session(), { header: SESSION_HEADER }),
    allowed(RULE.api),
  ),
  api(
    'a header without a type',
    clerk(),
    mint(session(), { header: { typ: undefined } }),
    allowed(RULE.api),
  ),
  api(
    'a type in lower case',
    clerk(),
    mint(session(), { header: { typ: 'jwt' } }),
    denied(RULE.api, 'token-invalid', 'typ-mismatch'),
  ),
  api(
    'an access token of the same instance',
    clerk(),
    mint(session(), { header: { typ: 'at+jwt' } }),
    denied(RULE.api, 'token-type-mismatch', 'cat-mismatch'),
  ),
  api(
    'a token of a JWT template',
    clerk(),
    mint(session(), { header: { cat: 'cl_B7d4PD222AAA' } }),
    denied(RULE.api, 'token-type-mismatch', 'cat-mismatch'),
  ),
  api(
    'a machine token by its category',
    clerk(),
    mint(session(), { header: { cat: 'cl_B7d4PD333AAA' } }),
    denied(RULE.api, 'token-type-mismatch', 'cat-mismatch'),
  ),
  api(
    'a machine token by its subject',
    clerk(),
    mint(session({ sub: 'mch_1' })),
    denied(RULE.api, 'token-type-mismatch', 'cat-mismatch'),
  ),
  api(
    'RS384 with a key set bound to RS256',
    clerkWithKeys(),
    mint(session(), { alg: 'RS384' }),
    denied(RULE.api, 'token-verification-failed', 'alg-key-mismatch'),
  ),
  api(
    'EdDSA is no algorithm of sessions',
    clerk(),
    mint(session(), { key: 'ed25519' }),
    denied(RULE.api, 'token-invalid-algorithm', 'alg-not-allowed'),
  ),

  api(
    'another authorized party',
    clerk(),
    mint(session({ azp: 'https://evil.example' })),
    denied(RULE.api, 'token-invalid-authorized-parties', 'azp-mismatch'),
  ),
  api(
    'an authorized party with a slash at its end',
    clerk(),
    mint(session({ azp: `${APP}/` })),
    denied(RULE.api, 'token-invalid-authorized-parties', 'azp-mismatch'),
  ),
  api(
    'no authorized party',
    clerk(),
    mint(session({ azp: undefined })),
    denied(RULE.api, 'token-invalid-authorized-parties', 'azp-missing'),
  ),
  api(
    'one of several authorized parties',
    clerk({ authorizedParties: ['https://www.example.com', APP] }),
    mint(session()),
    allowed(RULE.api),
  ),
  api(
    'without authorizedParties any party will do',
    clerk({ authorizedParties: undefined }),
    mint(session({ azp: 'https://elsewhere.example' })),
    allowed(RULE.api),
  ),
  api(
    'an audience that fits',
    clerk({ audience: ['api'] }),
    mint(session({ aud: 'api' })),
    allowed(RULE.api),
  ),
  api(
    'another audience',
    clerk({ audience: ['api'] }),
    mint(session({ aud: ['web', 'apis'] })),
    denied(RULE.api, 'token-verification-failed', 'aud-mismatch'),
  ),
  api(
    'an audience that is a number',
    clerk({ audience: ['api'] }),
    mint(session({ aud: 7 })),
    denied(RULE.api, 'token-verification-failed', 'aud-invalid'),
  ),
  api(
    'a session token without audience',
    clerk({ audience: ['api'] }),
    mint(session()),
    allowed(RULE.api),
  ),
  api(
    'the issuer is looked at only when asked for',
    clerk(),
    mint(session({ iss: 'https://clerk.other.example' })),
    allowed(RULE.api),
  ),
  api(
    'another issuer when asked for',
    clerk({ issuer: 'https://clerk.example.com' }),
    mint(session({ iss: 'https://clerk.other.example' })),
    denied(RULE.api, 'iss-mismatch'),
  ),
  api(
    'no subject',
    clerk(),
    mint(session({ sub: undefined })),
    denied(RULE.api, 'token-verification-failed', 'sub-invalid'),
  ),
  api(
    'a subject that is a number',
    clerk(),
    mint(session({ sub: 42 })),
    denied(RULE.api, 'token-verification-failed', 'sub-invalid'),
  ),
  api(
    'an impersonated user',
    clerk(),
    mint(session({ act: { sub: 'user_2', sid: 'sess_9', iss: 'https://dashboard.clerk.com' } })),
    allowed(RULE.api, {
      userId: 'user_1',
      actor: { sub: 'user_2', sid: 'sess_9', iss: 'https://dashboard.clerk.com' },
    }),
  ),
  api(
    'a PEM key without line breaks',
    clerk({ jwtKey: pem('rsa-2048-a').replaceAll('\n', '') }),
    mint(session()),
    allowed(RULE.api),
  ),
  api(
    'a PEM key with written line breaks',
    clerk({ jwtKey: pem('rsa-2048-a').replaceAll('\n', '\\n') }),
    mint(session()),
    allowed(RULE.api),
  ),
  api(
    'one key takes whatever kid',
    clerk(),
    mint(session(), { header: { kid: 'ins_whatever' } }),
    allowed(RULE.api),
  ),
]
