// The texts of access tokens: one for each token, within the budgets.

import { bearer, call, one, tryRefresh, unauthorised } from '../../frame-supertokens.mjs'
import { base64url } from '../../mint.mjs'
import { base64, claims, header, signed, token, written } from '../../mint-supertokens.mjs'

const GOOD = token()
const headed = (changes) => signed(header(changes), claims())
const otherVersion = unauthorised('token-version-unsupported')

const text = (name, value, expect) => one(`text: ${name}`, call(bearer(value)), expect)
const withMember = (raw) => signed(header(), `${JSON.stringify(claims()).slice(0, -1)},${raw}}`)
const withHeader = (raw) => signed(`${JSON.stringify(header()).slice(0, -1)},${raw}}`, claims())
const [HEAD, BODY, SIGNATURE] = GOOD.split('.')
/** Until standard base64 of the payload is another text than base64url. */
const SPECIAL = { x: '>>>???' }

const texts = [
  text('two parts', `${HEAD}.${BODY}`, unauthorised('token-not-compact')),
  text('four parts', `${GOOD}.${SIGNATURE}`, unauthorised('token-not-compact')),
  text('five parts', `${GOOD}.${BODY}.${SIGNATURE}`, unauthorised('token-encrypted')),
  text('one part', 'garbage', unauthorised('token-not-compact')),
  text('empty parts', '..', unauthorised('token-not-json')),
  text(
    'standard base64 with padding; the peer takes it',
    written(base64, SPECIAL),
    unauthorised('token-not-base64url'),
  ),
  text(
    'padding alone; the peer takes it',
    written((part) => withPadding(base64url(part)), SPECIAL),
    unauthorised('token-not-base64url'),
  ),
  text(
    'a mark at the end of the header; the peer takes it',
    written((part, which) => `${base64url(part)}${which === 'header' ? '!' : ''}`),
    unauthorised('token-not-base64url'),
  ),
  text(
    'padding after the signature; the peer takes it',
    `${GOOD}==`,
    unauthorised('token-not-base64url'),
  ),
  text(
    'a duplicate claim; for the peer the last counts',
    withMember('"sub":"u2"'),
    unauthorised('token-duplicate-member'),
  ),
  text(
    'a duplicate deep in a claim; for the peer the last counts',
    withMember('"x":{"a":1,"a":2}'),
    unauthorised('token-duplicate-member'),
  ),
  text(
    'a duplicate in the header; for the peer the last counts',
    withHeader('"alg":"RS256"'),
    unauthorised('token-duplicate-member'),
  ),
  text(
    'a header that is a text',
    `${base64url('"hello"')}.${BODY}.${SIGNATURE}`,
    unauthorised('token-not-object'),
  ),
  text(
    'a header that is an array',
    `${base64url('[1, 2]')}.${BODY}.${SIGNATURE}`,
    unauthorised('token-not-object'),
  ),
  text(
    'a header that is cut off',
    `${base64url('{')}.${BODY}.${SIGNATURE}`,
    unauthorised('token-not-json'),
  ),
  text(
    'bytes that are not UTF-8',
    `${HEAD}.${base64url(Buffer.from('{"sub":"\xff"}', 'latin1'))}.${SIGNATURE}`,
    unauthorised('token-not-utf8'),
  ),
  text(
    'larger than the budget; the peer has none',
    token({ x: 'x'.repeat(7000) }),
    unauthorised('token-too-large'),
  ),
  text(
    'a header larger than the budget; the peer has none',
    headed({ x: 'x'.repeat(1100) }),
    unauthorised('token-header-too-large'),
  ),
  text(
    'deeper than the budget; the peer has none',
    withMember('"x":[[[[[[[[[1]]]]]]]]]'),
    unauthorised('token-too-deep'),
  ),
]

function withPadding(part) {
  return part.padEnd(Math.ceil(part.length / 4) * 4, '=')
}

/** The core's own list of headers that must not be a server's fault (JWTTest.java). */
const preParsed = (name, head, reason) => {
  const encoded = typeof head === 'string' ? head : base64url(JSON.stringify(head))
  // With claims that are in order, so that the header alone decides.
  return one(`core: ${name}`, call(bearer(`${encoded}.${BODY}.${SIGNATURE}`)), reason)
}
const core = [
  one('core: not three parts', call(bearer('not-a-jwt')), unauthorised('token-not-compact')),
  preParsed('a header that is not base64', '!!!notbase64!!!', unauthorised('token-not-base64url')),
  preParsed('a header that is not JSON', base64url('{'), unauthorised('token-not-json')),
  preParsed('a header that is a scalar', base64url('"hello"'), unauthorised('token-not-object')),
  preParsed('a header that is a list', base64url('[1, 2]'), unauthorised('token-not-object')),
  preParsed(
    'typ that is an object',
    { typ: {}, alg: 'RS256', kid: 'key1' },
    unauthorised('typ-mismatch'),
  ),
  preParsed(
    'alg that is a list',
    { typ: 'JWT', alg: [], kid: 'key1' },
    tryRefresh('alg-unsupported'),
  ),
  preParsed(
    'version that is an object',
    { typ: 'JWT', alg: 'RS256', version: {}, kid: 'key1' },
    otherVersion,
  ),
  preParsed(
    'version that there is not; the peer takes it for 5',
    { typ: 'JWT', alg: 'RS256', version: '999', kid: 'key1' },
    otherVersion,
  ),
  preParsed('no kid', { typ: 'JWT', alg: 'RS256' }, unauthorised('kid-missing')),
  preParsed(
    'kid that is an object',
    { typ: 'JWT', alg: 'RS256', kid: {} },
    tryRefresh('header-member-type'),
  ),
  preParsed(
    'kid that is a number',
    { typ: 'JWT', alg: 'RS256', kid: 42 },
    tryRefresh('header-member-type'),
  ),
]

export { core as malformedHeaders, texts }
