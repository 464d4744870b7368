// What the `has` of an Auth object is asked: every dimension of it (clerk.md 7.4).

const CHECKS = [
  { role: 'org:admin' },
  { role: 'admin' },
  { permission: 'org:dash:read' },
  { permission: 'dash:manage' },
  { permission: 'org:a:read' },
  { feature: 'dash' },
  { feature: 'o:dash' },
  { feature: 'user:x' },
  { feature: 'both' },
  { plan: 'pro' },
  { plan: 'u:free' },
  { reverification: 'strict' },
  { reverification: 'strict_mfa' },
  { reverification: { level: 'first_factor', afterMinutes: 5 } },
  { role: 'org:admin', reverification: 'lax' },
  {},
]

/** The answers by question; an absent Auth object has nothing. */
export function checksOf(auth) {
  const has = typeof auth?.has === 'function' ? (params) => auth.has(params) : () => false
  return Object.fromEntries(CHECKS.map((params) => [JSON.stringify(params), has(params)]))
}
