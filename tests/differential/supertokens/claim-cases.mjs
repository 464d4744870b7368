// Random validators and payloads: `{ now, calls, payload }`, the payload as JSON text, because texts
// differ in more than their values.

const NAMES = ['admin', 'a', 'b', 'é', '', '1', 'constructor', '😀']
/** Plain values as JSON texts; some are the same value in other words. */
const PLAIN = [
  ...['true', 'false', 'null', '0', '-0', '1', '1.0', '1e0', '2', '-7', '0.5', '1e21', '1e-7'],
  ...['9007199254740992', '9007199254740993', '12345678901234567890', '0.1', '123456.789e-3'],
  ...NAMES.map((name) => JSON.stringify(name)),
  ...['"\\u00e9"', '"a\\u0000\\"\\\\\\n"', '"\\ud83d\\ude00"', '"e\\u0301"'],
]
const OBJECTS = ['{}', '{"b":1,"10":2,"2":[3],"01":4,"4294967295":5}', '{"length":1,"0":"a"}']
const FACTORS = ['emailpassword', 'totp', 'otp-email', 'otp-phone', '0', 'length']
const INHERITED = ['constructor', 'toString', '__proto__']
const KEYS = ['own', 'own', 'k', 'st-role', 'st-ev', 'constructor', '__proto__', '']
const AGES = [0, 0.1, 0.5, 1, 1.1, 10, 60, 300, 86_400, 1e9]
const js = (name) => ({ js: name })

/** One case; one in thirty has an argument that we refuse. */
export function makeCase(random) {
  const now = 1_700_000_000_000 + random.int(0, 1e10)
  const calls = Array.from({ length: random.pick([0, 1, 1, 1, 1, 1, 2, 2, 3, 5]) }, () =>
    call(random),
  )
  if (calls.length > 0 && random.chance(0.04)) {
    const index = random.int(0, calls.length - 1)
    calls[index] = spoiled(random, calls[index])
  }
  return { now, calls, payload: payload(random, calls, now) }
}

function call(random) {
  return random.weighted([
    [3, (random) => single(random, 'PrimitiveClaim', ['hasValue'])],
    [3, (random) => single(random, 'BooleanClaim', ['hasValue', 'isTrue', 'isFalse'])],
    [6, list],
    [3, email],
    [4, mfa],
  ])(random)
}

function single(random, claim, methods) {
  const method = random.pick(methods)
  const value = claim === 'BooleanClaim' ? random.chance(0.5) : plain(random)
  const args = method === 'hasValue' ? [value] : []
  return { claim, options: options(random), method, args: [...args, ...ageAndId(random)] }
}

function list(random) {
  const method = random.pick(['includes', 'excludes', 'includesAll', 'includesAny', 'excludesAll'])
  const isOne = method === 'includes' || method === 'excludes'
  const some = () => Array.from({ length: random.pick([0, 1, 1, 2, 3]) }, () => plain(random))
  const args = [isOne ? plain(random) : some(), ...ageAndId(random)]
  const names = ['UserRoleClaim', 'PermissionClaim', 'AllowedDomainsClaim']
  return random.chance(0.5)
    ? { claim: random.pick(names), method, args }
    : { claim: 'PrimitiveArrayClaim', options: options(random), method, args }
}

function email(random) {
  if (random.chance(0.2)) {
    const method = random.pick(['isTrue', 'isFalse'])
    return { claim: 'EmailVerificationClaim', method, args: ageAndId(random) }
  }
  const args = [random.chance(0.4) ? js('undefined') : age(random), ageOrNone(random)]
  return {
    claim: 'EmailVerificationClaim',
    method: 'isVerified',
    args: args.slice(0, random.int(0, 2)),
  }
}

function mfa(random) {
  const id = random.chance(0.2) ? [random.pick(NAMES)] : []
  if (random.chance(0.3)) {
    const method = 'hasCompletedMFARequirementsForAuth'
    return { claim: 'MultiFactorAuthClaim', method, args: id }
  }
  const factor = () => random.pick(random.chance(0.9) ? FACTORS : INHERITED)
  const factors = () => Array.from({ length: random.pick([0, 1, 2, 3]) }, factor)
  const one = () =>
    random.weighted([
      [3, factor],
      [2, () => ({ oneOf: factors() })],
      [2, () => ({ allOfInAnyOrder: factors() })],
    ])()
  const requirements = Array.from({ length: random.pick([0, 1, 1, 2, 3]) }, one)
  const method = 'hasCompletedRequirementList'
  return { claim: 'MultiFactorAuthClaim', method, args: [requirements, ...id] }
}

function options(random) {
  const key = random.pick(KEYS)
  return random.chance(0.4) ? { key, defaultMaxAgeInSeconds: age(random) } : { key }
}

/** The last two arguments of most factories, or the first of them, or none. */
function ageAndId(random) {
  const id = random.weighted([
    [3, () => js('undefined')],
    [1, () => null],
    [3, () => random.pick(NAMES)],
  ])()
  return [ageOrNone(random), id].slice(0, random.int(0, 2))
}

function ageOrNone(random) {
  return random.chance(0.3) ? js('undefined') : age(random)
}

function age(random) {
  return random.chance(0.08) ? js('Infinity') : random.pick(AGES)
}

const plain = (random) => JSON.parse(random.pick(PLAIN))

/** The same with one argument that nobody can mean. */
function spoiled(random, call) {
  const [first, ...rest] = call.args
  const numbers = [js('NaN'), js('-Infinity'), -1, -0.25, '5', null]
  if (call.method === 'hasCompletedRequirementList') {
    const item = [5, null, {}, { anyOf: ['a'] }, { oneOf: 'totp' }, { oneOf: [1] }, []]
    const list = random.chance(0.2) ? 'totp' : [...first, random.pick(item)]
    return { ...call, args: [list, ...rest] }
  }
  if (call.method === 'hasCompletedMFARequirementsForAuth') return { ...call, args: [5] }
  if (['isTrue', 'isFalse'].includes(call.method)) return { ...call, args: [random.pick(numbers)] }
  if (call.method === 'isVerified') {
    const odd = random.pick(numbers)
    return { ...call, args: random.chance(0.5) ? [odd] : [js('undefined'), odd] }
  }
  if (random.chance(0.5)) return { ...call, args: [first, random.pick(numbers)] }
  const odd = random.pick([js('NaN'), js('Infinity'), js('undefined'), {}, ['a']])
  return { ...call, args: [Array.isArray(first) ? [odd] : odd, ...rest] }
}

/** A payload that mostly holds what is asked for. */
function payload(random, calls, now) {
  const members = new Map([['sub', '"u"']])
  for (const call of calls) {
    const { claim, options } = call
    const key = options?.key ?? BUILT_IN[claim]
    if (random.chance(0.1)) continue
    members.set(key, key === 'st-mfa' ? mfaValue(random) : stored(random, call, now))
  }
  return objectText([...members])
}

const BUILT_IN = {
  UserRoleClaim: 'st-role',
  PermissionClaim: 'st-perm',
  EmailVerificationClaim: 'st-ev',
  AllowedDomainsClaim: 'st-t-dmns',
  MultiFactorAuthClaim: 'st-mfa',
}

function stored(random, call, now) {
  if (random.chance(0.04)) return random.pick(['null', '5', '"text"', '[]', '{}', 'true'])
  const members = []
  if (random.chance(0.95)) members.push(['v', value(random, call)])
  if (random.chance(0.95)) members.push(['t', time(random, call, now)])
  if (random.chance(0.1)) members.push(['x', '1'])
  return objectText(random.chance(0.9) ? members : members.reverse())
}

function value(random, { claim, args }) {
  if (random.chance(0.05)) return random.pick([...OBJECTS, ...PLAIN, '[]'])
  if (claim === 'BooleanClaim' || claim === 'EmailVerificationClaim') {
    return random.pick(['true', 'true', 'false', 'false', 'null', '0', '"true"'])
  }
  const asked = [args[0]].flat().map((one) => JSON.stringify(one) ?? 'null')
  const one = () =>
    asked.length > 0 && random.chance(0.75) ? random.pick(asked) : random.pick(PLAIN)
  if (claim === 'PrimitiveClaim') return random.chance(0.1) ? `${random.next()}` : one()
  if (random.chance(0.05)) return one()
  const elements = Array.from({ length: random.pick([0, 1, 2, 3, 4]) }, one)
  if (random.chance(0.1)) elements.push(random.pick([...OBJECTS, '["a"]', `${random.next()}`]))
  return `[${elements.join(',')}]`
}

/** Mostly near one of the ages that are asked for, a millisecond or less before or after. */
function time(random, { options, args }, now) {
  if (random.chance(0.06)) {
    return random.pick(['null', 'true', '"x"', `"${now}"`, '" 0x10 "', '[]', '[5]', '{}', '[[""]]'])
  }
  const ages = [...args, options?.defaultMaxAgeInSeconds].filter((one) => typeof one === 'number')
  const age = ages.length > 0 && random.chance(0.7) ? random.pick(ages) : random.pick(AGES)
  const near = random.pick([0, 0, 0.25, -0.25, 1, -1, 5000, -5000, 1e6, -1e6])
  const back = random.chance(0.07) ? -60_000 : age * 1000
  const at = now - back + near
  return random.chance(0.1) ? at.toExponential() : JSON.stringify(at)
}

function mfaValue(random) {
  if (random.chance(0.1)) {
    return random.pick(['null', '5', '"totp"', '[]', '{}', '{"v":true}', '{"v":null}'])
  }
  const done = random.some([...FACTORS, ...INHERITED.slice(0, random.chance(0.1) ? 3 : 0)], 0.4)
  const times = done.map((factor) => [factor, random.chance(0.9) ? '1702877939' : 'null'])
  const odd = ['null', '5', '"totp"', '["totp"]', 'true']
  const completed = random.chance(0.9) ? objectText(times) : random.pick(odd)
  const satisfied = random.chance(0.9)
    ? random.pick(['true', 'false'])
    : random.pick(['null', '0', '1', '""', '"false"', '{}'])
  return objectText([
    ['c', completed],
    ['v', satisfied],
  ])
}

function objectText(members) {
  return `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`
}
