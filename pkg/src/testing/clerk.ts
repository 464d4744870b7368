/** Tokens and cookies in the form of Clerk. */
import { base64urlFromBytes } from '../base64.js'
import type { ClerkOptions } from '../types.js'
import type { Draft, Members } from './token.js'
import type { ClerkTokenOptions, TestOrganization } from './types.js'

/** A production instance at `clerk.example.com`. */
const PUBLISHABLE_KEY = `pk_live_${btoa('clerk.example.com$')}`
/** The category of session tokens. */
const CATEGORY = 'cl_B7d4PD111AAA'

/** The provider with everything that tests need, but for the keys. */
export function clerkProvider(
  { jwtKey: _, secretKey: __, ...given }: ClerkOptions,
  origin: string,
): { readonly kind: 'clerk' } & ClerkOptions {
  const { publishableKey = PUBLISHABLE_KEY, authorizedParties = [origin] } = given
  return { ...given, kind: 'clerk', publishableKey, authorizedParties }
}

/** What a token of a provider says; times are in seconds. */
export function clerkDraft(
  { publishableKey = PUBLISHABLE_KEY, authorizedParties, audience, issuer }: ClerkOptions,
  key: { readonly alg: string; readonly kid: string },
  options: ClerkTokenOptions,
  { iat, exp }: { readonly iat: number; readonly exp: number },
): Draft {
  const { userId = 'user_test', sessionId = 'sess_test', version = 2 } = options
  const common = {
    azp: authorizedParties?.[0],
    aud: typeof audience === 'string' ? audience : audience?.[0],
    exp,
    fva: [0, -1],
    iat,
    iss: issuer ?? `https://${frontendApi(publishableKey)}`,
    nbf: iat - 10,
    sid: sessionId,
    sts: 'active',
    sub: userId,
  }
  const own = version === 1 ? versionOne(options) : versionTwo(options)
  const claims = { ...common, ...own, ...options.claims }
  return {
    header: { alg: key.alg, cat: CATEGORY, kid: key.kid, typ: 'JWT' },
    claims,
    forged: { ...claims, sub: `${userId}_forged` },
  }
}

/**
 * The cookies of a browser that is signed in: each under its name and under the one with the suffix of
 * the instance; in a development instance also those of the browser itself.
 */
export async function clerkCookies(
  { publishableKey = PUBLISHABLE_KEY }: ClerkOptions,
  token: string,
  iat: number,
): Promise<[name: string, value: string][]> {
  const hash = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(publishableKey))
  const suffix = base64urlFromBytes(new Uint8Array(hash)).slice(0, 8)
  const cookies: [string, string][] = [
    ['__session', token],
    // The client changed last when the session began, before this token was made.
    ['__client_uat', String(iat - 60)],
  ]
  if (publishableKey.startsWith('pk_test_')) cookies.push(['__clerk_db_jwt', 'dvb_test'])
  return cookies.flatMap(([name, value]) => [
    [name, value],
    [`${name}_${suffix}`, value],
  ])
}

function versionOne({ organization }: ClerkTokenOptions): Members {
  if (organization === undefined) return {}
  const { id, slug, role = 'org:member', permissions = [] } = organization
  return { org_id: id, org_slug: slug, org_role: withPrefix(role), org_permissions: permissions }
}

function versionTwo({ organization, features = [], plan }: ClerkTokenOptions): Members {
  const granted = organization === undefined ? null : compressed(organization)
  const names = [...(granted?.features ?? []).map((name) => `o:${name}`), ...features.map(short)]
  return {
    jti: 'jti_test',
    v: 2,
    ...(plan === undefined ? {} : { pla: short(plan) }),
    ...(names.length === 0 ? {} : { fea: [...new Set(names)].join(',') }),
    ...(granted === null ? {} : { o: granted.claim }),
  }
}

/** Permissions as bits: one number for each feature, one bit for each kind of permission. */
function compressed({ id, slug, role = 'org:member', permissions = [] }: TestOrganization): {
  readonly features: string[]
  readonly claim: Members
} {
  const pairs = permissions.map((permission) => {
    const parts = permission.split(':')
    if (parts.length !== 3 || parts[0] !== 'org') {
      throw new TypeError(`A permission looks like org:invoices:read, and not like ${permission}.`)
    }
    return { feature: String(parts[1]), kind: String(parts[2]) }
  })
  const features = [...new Set(pairs.map(({ feature }) => feature))]
  const kinds = [...new Set(pairs.map(({ kind }) => kind))]
  const masks = features.map((feature) => {
    const own = new Set(pairs.filter((pair) => pair.feature === feature).map(({ kind }) => kind))
    return kinds.reduce(
      (mask, kind, bit) => (own.has(kind) ? mask | (1n << BigInt(bit)) : mask),
      0n,
    )
  })
  const granted = pairs.length === 0 ? {} : { per: kinds.join(','), fpm: masks.join(',') }
  return {
    features,
    claim: { id, slg: slug, rol: withPrefix(role).slice('org:'.length), ...granted },
  }
}

function withPrefix(role: string): string {
  return role.startsWith('org:') ? role : `org:${role}`
}

/** `org:search` as tokens have it: `o:search`. */
function short(name: string): string {
  const [scope, ...rest] = name.split(':')
  if ((scope !== 'org' && scope !== 'user') || rest.length === 0) {
    throw new TypeError(`Features and plans look like org:x or user:x, and not like ${name}.`)
  }
  return `${scope.charAt(0)}:${rest.join(':')}`
}

/** The host in a publishable key. */
function frontendApi(publishableKey: string): string {
  return atob(publishableKey.replace(/^pk_(?:live|test)_/, '')).replace(/\$$/, '')
}
