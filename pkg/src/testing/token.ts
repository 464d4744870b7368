/** Compact tokens, right and wrong. */
import { base64urlFromBytes } from '../base64.js'
import { hmac, type TestKey } from './keys.js'

/**
 * What is wrong with a token on purpose:
 * - `signature`: one bit of the signature is another;
 * - `claims`: the claims were changed after they had been signed (another subject);
 * - `wrong-key`: signed with a key that is not the issuer's, under the name of the issuer's;
 * - `unknown-key`: signed with a key that is not the issuer's, under a name that nobody knows;
 * - `alg-none`: not signed at all, and the header says so;
 * - `alg-hs256`: signed with the issuer's public key as if it were a shared secret;
 * - `truncated`: the end is missing.
 *
 * For an expired token, or one of the future, set `expired` or `age`.
 */
export type Tampering =
  | 'signature'
  | 'claims'
  | 'wrong-key'
  | 'unknown-key'
  | 'alg-none'
  | 'alg-hs256'
  | 'truncated'

/** A header and claims that are to become a token. */
export interface Draft {
  readonly header: Members
  readonly claims: Members
  /** Another subject for the same claims. */
  readonly forged: Members
  /** How header and claims are written: base64url unless it is a token of old kits. */
  readonly encode?: (bytes: Uint8Array) => string
}

/** Members of a JSON object; `undefined` for those that are to be left out. */
export type Members = Readonly<Record<string, unknown>>

const utf8 = new TextEncoder()

/** Signs a draft with the issuer's key, or spoils it. */
export async function signed(draft: Draft, key: TestKey, tamper?: Tampering): Promise<string> {
  switch (tamper) {
    case undefined:
      return sealed(draft, draft.header, (message) => key.sign(message))
    case 'signature': {
      const flip = (proof: Uint8Array<ArrayBuffer>) =>
        proof.map((byte, i) => (i === 7 ? byte ^ 1 : byte))
      return sealed(draft, draft.header, async (message) => flip(await key.sign(message)))
    }
    case 'claims': {
      const [head, , proof] = (await signed(draft, key)).split('.')
      return [head, written(draft, draft.forged), proof].join('.')
    }
    case 'wrong-key':
    case 'unknown-key': {
      const other = await key.stranger()
      const kid = tamper === 'wrong-key' ? draft.header.kid : otherName(draft.header.kid)
      return sealed(draft, { ...draft.header, kid }, (message) => other.sign(message))
    }
    case 'alg-none':
      return sealed(draft, { ...draft.header, alg: 'none' }, async () => new Uint8Array())
    case 'alg-hs256': {
      const secret = utf8.encode(key.pem)
      return sealed(draft, { ...draft.header, alg: 'HS256' }, (message) => hmac(secret, message))
    }
    case 'truncated':
      return (await signed(draft, key)).split('.').slice(0, 2).join('.')
    default:
      throw new TypeError(`There is no such way to tamper with a token: ${String(tamper)}.`)
  }
}

/** RFC 7515 section 7.1. */
async function sealed(
  draft: Draft,
  header: Members,
  sign: (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>,
): Promise<string> {
  const input = `${written(draft, header)}.${written(draft, draft.claims)}`
  const { encode = base64urlFromBytes } = draft
  return `${input}.${encode(await sign(utf8.encode(input)))}`
}

function written({ encode = base64urlFromBytes }: Draft, members: Members): string {
  return encode(utf8.encode(JSON.stringify(members)))
}

/** The kinds of keys that SuperTokens has show in the first letter. */
function otherName(kid: unknown): string | undefined {
  return typeof kid === 'string' ? `${kid.slice(0, 2)}nobody` : undefined
}
