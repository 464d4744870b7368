// Claims of sessions and what may be asked of them, well formed and not.

const NAMES = [
  'admin',
  'org:admin',
  'org:org:admin',
  'member',
  'a:b',
  'org:a:b',
  'c',
  'org:c',
  '',
  'org:',
  'Admin',
]
const ENTRIES = [
  'o:c',
  'u:c',
  'ou:a',
  'uo:b',
  'o:search',
  'u:search',
  'x:c',
  'o:',
  ':c',
  'o:a:b',
  'org:c',
  'o :c',
]
const WHITE_SPACE = [' ', '\t', '\u00a0', '\ufeff', '\u0085', '\u2028']
const QUESTIONS = [
  ...[
    'c',
    'a',
    'b',
    'search',
    'o:c',
    'org:c',
    'organization:search',
    'u:c',
    'user:search',
    'x:c',
    '',
  ],
  ...['o:', 'u:', ':', ':c', 'org:a:b', 'a:b', 'O:c', 'user', 'org', 'none'],
]
const AGES = [-1, 0, 1, 4, 5, 9, 10, 11, 59, 60, 61, 1439, 1440, 9.5, -0.5, -2, 1e300]
const LEVELS = ['first_factor', 'second_factor', 'multi_factor', 'third_factor', 'First_factor']
const ODD = [null, 0, 5, '', 'x', true, false, [], {}, ['admin'], { role: 'admin' }, 1.5]

/** The payload of a session token. */
export function claims(random) {
  const organization = random.weighted([
    [3, versionOne],
    [4, versionTwo],
    [2, () => ({})],
  ])(random)
  return {
    sub: random.chance(0.95) ? 'user_1' : '',
    sid: 'sess_1',
    ...organization,
    ...maybe(random, 0.7, 'fea', () => list(random)),
    ...maybe(random, 0.7, 'pla', () => list(random)),
    ...maybe(random, 0.8, 'fva', () => ages(random)),
  }
}

function versionOne(random) {
  return {
    ...maybe(random, 0.9, 'org_id', () => random.pick(['org_1', 'org_1', 'org_1', ''])),
    ...maybe(random, 0.9, 'org_role', () => random.pick(NAMES)),
    ...maybe(random, 0.8, 'org_permissions', () => {
      return random.chance(0.95) ? random.some([...NAMES, 7, null], 0.4) : random.pick(ODD)
    }),
  }
}

function versionTwo(random) {
  const organization = {
    id: random.pick(['org_1', 'org_1', '']),
    ...maybe(random, 0.9, 'rol', () => random.pick(NAMES)),
    ...maybe(random, 0.8, 'per', () => random.some(['b', 'read', 'x'], 0.7).join(',')),
    ...maybe(random, 0.8, 'fpm', () => random.pick(['1', '3,2', '7,7,7', '', '1,x'])),
  }
  return { v: 2, ...maybe(random, 0.9, 'o', () => organization) }
}

function list(random) {
  if (random.chance(0.05)) return random.pick(ODD)
  const entries = random.some(ENTRIES, 0.35)
  if (random.chance(0.05)) entries.push(random.pick(['c', ' ', '']))
  const space = () => (random.chance(0.15) ? random.pick(WHITE_SPACE) : '')
  return entries.map((entry) => space() + entry + space()).join(',')
}

function ages(random) {
  if (random.chance(0.07)) return random.pick([...ODD, [1], [1, 2, 3], ['1', 2], [null, 1]])
  return [random.pick(AGES), random.pick(AGES)]
}

/** The argument of `has`: mostly about one thing, often about something that is there. */
export function question(random, claims) {
  const asked = (usual) => (random.chance(0.95) ? usual() : random.pick(ODD))
  const own = (text) => random.pick(String(text ?? '').split(',')).trim()
  const scoped = (text) => {
    const entry = own(text)
    return random.chance(0.6)
      ? random.pick([entry, entry.replace(/^\w+:/, '')])
      : random.pick(QUESTIONS)
  }
  const dimensions = {
    role: () => random.pick([claims.org_role ?? claims.o?.rol ?? 'x', random.pick(NAMES)]),
    permission: () => random.pick([own(claims.org_permissions), random.pick(NAMES), 'search:read']),
    feature: () => scoped(random.chance(0.7) && claims.fea),
    plan: () => scoped(random.chance(0.7) && claims.pla),
    reverification: () => reverification(random),
  }
  const first = random.pick(Object.keys(dimensions))
  const more = random.some(Object.keys(dimensions), random.pick([0, 0, 0.2, 0.4]))
  const names = random.chance(0.02) ? [] : [first, ...more]
  return {
    ...Object.fromEntries(names.map((name) => [name, asked(dimensions[name])])),
    ...maybe(random, 0.05, 'roles', () => ['admin']),
  }
}

function reverification(random) {
  if (random.chance(0.5)) {
    return random.pick(['strict_mfa', 'strict', 'moderate', 'lax', 'Strict', 'constructor'])
  }
  const minutes = [0.5, 1, 5, 10, 60, 1e9, 0, -1, '10', null]
  return {
    ...maybe(random, 0.97, 'level', () => random.pick(LEVELS.slice(0, random.chance(0.9) ? 3 : 5))),
    ...maybe(random, 0.97, 'afterMinutes', () => {
      return random.pick(minutes.slice(0, random.chance(0.85) ? 6 : 10))
    }),
    ...maybe(random, 0.1, 'more', () => 1),
  }
}

function maybe(random, probability, name, value) {
  return random.chance(probability) ? { [name]: value() } : {}
}
