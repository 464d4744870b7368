// Path patterns, from usual to absurd, and paths that nearly match them.

const WORDS = [
  'a',
  'b',
  'ab',
  'api',
  'x-y',
  'users',
  'Ä',
  'ß',
  'ſ',
  'K',
  'µ',
  '😀',
  '中',
  '[l]',
  '$',
  '|',
  '^',
]
const NAMES = ['id', 'slug', 'x', 'Path_1', '0', 'constructor']
const CLASSES = [
  '[a-c]',
  '[^a]',
  '[^/]',
  '[\\d_]',
  '[A-Z0-9-]',
  '[\\s\\S]',
  '[]a]',
  '[^]',
  '[\\w-]',
  '[é-ü]',
]
const ATOMS = [
  'a',
  'b',
  '.',
  '\\d',
  '\\w',
  '\\W',
  '\\s',
  '\\S',
  '\\D',
  '\\.',
  '\\/',
  '-',
  'É',
  '😀',
  '\\x41',
]
const ASSERTIONS = ['^', '$', '\\b', '\\B']
const QUANTIFIERS = [
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '{2}',
  '{1,2}',
  '{0,3}',
  '{1,}',
  '{2}?',
  '{,2}',
]
/** What we refuse although the peer takes it, and what both refuse. */
const ODD = [
  '(?=a)',
  '(?!a)',
  '(?<=a)',
  '(?<n>a)',
  '\\1',
  '\\k',
  '\\p{L}',
  '\\q',
  '\\01',
  '\\xg',
  '\\c1',
  '[z-a]',
]
const BROKEN = [
  '[',
  '(',
  '(?:',
  ')',
  '**',
  '{2}{3}',
  '{3,2}',
  '[\\',
  '?',
  '{2}',
  'a{700}b{700}',
  '[)]',
]
const JUNK = '/:()*+?{}\\.-aB1 %#|[]^$é'

export function pattern(random) {
  const text = random.chance(0.4) ? usual(random) : absurd(random)
  return random.chance(0.12) ? spoiled(random, text) : text
}

function usual(random) {
  const end = random.weighted([
    [3, ''],
    [4, '(.*)'],
    [2, '/(.*)'],
    [2, `/:${random.pick(NAMES)}`],
    [1, `/:${random.pick(NAMES)}*`],
    [1, `/:${random.pick(NAMES)}(\\d+)`],
    [1, `{/:${random.pick(NAMES)}}?`],
    [1, `/(a|api)(.*)`],
    [1, `/:${random.pick(NAMES)}-:${random.pick(NAMES)}`],
    [1, `/:${random.pick(NAMES)}.:${random.pick(NAMES)}?`],
    [1, '/'],
  ])
  const words = Array.from({ length: random.int(0, 2) }, () => `/${random.pick(WORDS)}`)
  return words.join('') + end
}

function absurd(random) {
  const parts = Array.from({ length: random.int(1, 4) }, () => part(random))
  return (random.chance(0.9) ? '/' : '') + parts.join('')
}

function part(random) {
  return random.weighted([
    [4, random.pick(WORDS)],
    [3, '/'],
    [1, '.'],
    [1, '-'],
    [1, random.pick(['\\:', '\\(', '\\*', '\\\\', '\\/', '\\a', '\\😀'])],
    [4, `${random.chance(0.6) ? '/' : ''}:${random.pick(NAMES)}${modifier(random)}`],
    [4, `${random.chance(0.4) ? '/' : ''}(${group(random, 2)})${modifier(random)}`],
    [3, `:${random.pick(NAMES)}(${group(random, 2)})${modifier(random)}`],
    [3, `{${inside(random)}}${modifier(random)}`],
  ])
}

const modifier = (random) => random.pick(['', '', '', '?', '*', '+'])

function inside(random) {
  const text = () => random.pick(['', '', '/', '-', 'ab', '\\}', '.'])
  const name = random.pick(['', `:${random.pick(NAMES)}`])
  return text() + name + (random.chance(0.4) ? `(${group(random, 1)})` : '') + text()
}

function group(random, depth) {
  const sequence = () =>
    Array.from({ length: random.int(0, 3) }, () => term(random, depth)).join('')
  return Array.from({ length: random.chance(0.25) ? 2 : 1 }, sequence).join('|') || '.*'
}

function term(random, depth) {
  if (random.chance(0.02)) return random.pick(random.chance(0.5) ? ODD : BROKEN)
  if (random.chance(0.05)) return random.pick(ASSERTIONS)
  const atom = random.weighted([
    [5, random.pick(ATOMS)],
    [2, random.pick(CLASSES)],
    [depth > 0 ? 2 : 0, depth > 0 ? `(?:${group(random, depth - 1)})` : ''],
  ])
  return random.chance(0.4) ? atom + random.pick(QUANTIFIERS) : atom
}

function spoiled(random, text) {
  const at = random.int(0, text.length)
  const rest = text.slice(at + random.int(0, 1))
  return text.slice(0, at) + (random.chance(0.6) ? random.pick([...JUNK]) : '') + rest
}

const LEAVES = [
  'a',
  'b',
  'A',
  'ab',
  'x',
  '7',
  '12',
  '_',
  '-',
  '.',
  'ä',
  'Ä',
  'ß',
  'S',
  'k',
  'Μ',
  '😀',
  '中',
  '|',
  '/',
]
const RARE = [
  '%0A',
  '%e2%80%a8',
  '%2F',
  '%3F',
  '%20',
  '%61',
  '%C3%84',
  '%',
  '%FF',
  '/./',
  '//',
  '..',
  '%5C',
  ' ',
]

/** A path that has something to do with the pattern; percent escapes and non-ASCII as they come. */
export function path(random, pattern) {
  const literal = () => pattern.replace(/\\(.)/gsu, '$1').slice(0, 24)
  const filled = () => {
    const value = () => leaves(random, 2)
    return pattern
      .replace(/[:](\w+)(\([^)]*\))?|\((?:[^()]|\(\?[^)]*\))*\)/g, value)
      .replace(/[{}?*+]/g, () => random.pick(['', '', 'a']))
      .replace(/\\(.)/gsu, '$1')
      .slice(0, 24)
  }
  const text = random.weighted([
    [5, filled],
    [1, literal],
    [2, () => `/${leaves(random, 4)}`],
  ])()
  return random.chance(0.5) ? text : varied(random, text)
}

const leaves = (random, most) => {
  return Array.from({ length: random.int(0, most) }, () => random.pick(LEAVES)).join('')
}

function varied(random, text) {
  const units = [...text]
  const at = random.int(0, units.length)
  const change = random.weighted([
    [2, ''],
    [2, random.pick(LEAVES)],
    [2, random.pick(RARE)],
    [2, '/'],
  ])
  const path = [...units.slice(0, at), change, ...units.slice(at + random.int(0, 1))].join('')
  return random.chance(0.2) ? path.toUpperCase() : path
}
