// The same patterns and paths to Clerk's path matcher and to ours: are they accepted alike, do they
// match alike, are the parameters the same?
//
//     node routes.mjs [--count N] [--seed N] [--case N]

import { Script } from 'node:vm'
import { createPathMatcher } from '@clerk/shared/pathMatcher'
import { match as clerkMatch } from '@clerk/shared/pathToRegexp'
import { parse, pathToRegexp } from 'path-to-regexp'
import { attempt, core } from './core.mjs'
import { path as makePath, pattern as makePattern } from './generate/pattern.mjs'
import { run } from './pairs.mjs'

/** Paths for each pattern. */
const PATHS = 6
/** How long the peer may think about a path, and we, in milliseconds. */
const PATIENCE = { peer: 300, ours: 50 }

/** Why we refuse a pattern that the peer takes. Judged by the pattern alone. */
const REFUSED = {
  'refused: no path starts like this': (_, tokens) => {
    const [first] = tokens
    if (first === undefined) return true
    const start = typeof first === 'string' ? first : first.modifier === '' && first.prefix
    return Boolean(start) && !start.startsWith('/')
  },
  'refused: look-around or named group': (groups) => groups.some((text) => /\(\?[^:]/.test(text)),
  'refused: back-reference': (groups) => groups.some((text) => /\\[1-9k]/.test(text)),
  'refused: escape without a clear meaning': (groups) => {
    const known =
      /\\(?:[dDwWsSbBtnvfr]|0(?!\d)|c[A-Za-z]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|[^\dA-Za-z])/gs
    return groups.some((text) => /\\/.test(text.replace(known, ''))) || groups.some(hasOddInClass)
  },
  'refused: group that is not complete by itself': (groups) => {
    return groups.some((text) => !isRegExp(`(?:${text})`))
  },
  'refused: too large': (groups) => groups.some((text) => /\{\d{3,}/.test(text)),
}
const DIFFERENCES = {
  newline: 'matches: a line terminator',
  dots: 'refused: a dot segment is left in the path',
  halves: 'captures: half of a surrogate pair',
  empty: 'captures: an optional group that would rather match nothing',
  hostile: 'the peer would take too long, we do not',
}

/** Calls `globalThis.sessiongateTask`, so that it can be stopped. */
const task = new Script('sessiongateTask()')

const hasOddInClass = (text) => /\[[^\]]*\\B/.test(text)

await run({
  count: 5000,
  kinds: [
    'refused: no path starts like this',
    DIFFERENCES.newline,
    DIFFERENCES.dots,
    'both refuse the pattern',
    'both match',
    'neither matches',
    'both refuse the path',
  ],
  compare(random, note) {
    const pattern = makePattern(random)
    if (!pattern.isWellFormed()) return
    const peer = accepted(pattern)
    const ours = attempt(() => new core.RouteMatcher(JSON.stringify(pattern)))
    try {
      if (!peer) return ours.error ? note('both refuse the pattern') : { pattern, ours: 'accepts' }
      if (ours.error) return refusal(pattern, ours.error, note)
      for (let number = 0; number < PATHS; number++) {
        const wrong = comparePath(pattern, peer, ours.value, makePath(random, pattern), note)
        if (wrong) return { pattern, ...wrong }
      }
    } finally {
      ours.value?.free()
    }
  },
})

function accepted(pattern) {
  if (pattern === '') return null
  try {
    return { matches: createPathMatcher(pattern), captures: clerkMatch(pattern) }
  } catch (error) {
    if (!error.message.startsWith('Invalid path')) throw error
    return null
  }
}

function isRegExp(text) {
  try {
    return Boolean(new RegExp(text, 'i'))
  } catch {
    return false
  }
}

function refusal(pattern, error, note) {
  const tokens = parse(pattern)
  const groups = tokens.map((token) => token.pattern ?? '')
  const why = Object.entries(REFUSED).find(([, holds]) => holds(groups, tokens))
  if (!why) return { pattern, ours: error.message }
  note(why[0])
}

function comparePath(pattern, peer, ours, path, note) {
  const begin = performance.now()
  const answer = attempt(() => ours.matches(path))
  const milliseconds = performance.now() - begin
  if (milliseconds > PATIENCE.ours) return { path, milliseconds }
  const expected = attemptPeer(pattern, () => peer.matches(path))
  if (expected === 'too long') return note(DIFFERENCES.hostile)
  if (answer.error) {
    if (answer.error.code !== 'path-malformed') return { path, answer }
    if (expected === 'malformed') return note('both refuse the path')
    const segments = decodeURI(path).replace(/\/\/+/g, '/').split('/')
    const hasDots = segments.includes('.') || segments.includes('..')
    return hasDots ? note(DIFFERENCES.dots) : { path, expected, answer }
  }
  if (expected !== answer.value) {
    // The peer's `.` with the flag that makes it take line terminators, too.
    const normal = decodeURI(path).replace(/\/\/+/g, '/')
    const hasTerminator = /[\n\r\u2028\u2029]/.test(normal)
    const all = new RegExp(pathToRegexp(pattern).source, 'is')
    const isExcused = hasTerminator && all.test(normal) === answer.value
    return isExcused ? note(DIFFERENCES.newline) : { path, expected, answer }
  }
  note(expected ? 'both match' : 'neither matches')
  return compareCaptures(pattern, peer, ours, path, note)
}

function attemptPeer(pattern, call) {
  try {
    return patiently(pattern, call)
  } catch (error) {
    if (error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return 'too long'
    if (error.name === 'MalformedURLError') return 'malformed'
    throw error
  }
}

/** Some of these patterns would keep a backtracking engine busy for years. */
function patiently(pattern, call) {
  if (!/[*+}].*[*+}]/.test(pattern)) return call()
  globalThis.sessiongateTask = call
  return task.runInThisContext({ timeout: PATIENCE.peer })
}

/** Parameters are compared on the path as it is, as the organisation sync does. */
function compareCaptures(pattern, peer, ours, path, note) {
  if (/[\n\r\u2028\u2029]/.test(path)) return
  const keys = []
  const regexp = pathToRegexp(pattern, keys)
  const found = attemptPeer(pattern, () => regexp.exec(path))
  if (found === 'too long') return note(DIFFERENCES.hostile)
  const expected = found && valuesOf(keys, found)
  const answer = dictionary(JSON.parse(ours.captures(path)))
  if (Boolean(attemptPeer(pattern, () => peer.captures(path))) !== Boolean(expected)) {
    throw new Error('two peers')
  }
  if (same(expected, answer)) return
  const isHalved = Object.values(expected ?? {}).some((value) => !value.isWellFormed())
  if (isHalved && answer) return note(DIFFERENCES.halves)
  const prefersNothing = keys.some(({ modifier, prefix, suffix, pattern: group }) => {
    return modifier === '?' && prefix + suffix === '' && new RegExp(`^(?:${group})$`, 'i').test('')
  })
  if (prefersNothing && expected && answer) return note(DIFFERENCES.empty)
  return { path, captures: { expected, answer } }
}

function valuesOf(keys, found) {
  const pairs = keys.map(({ name }, index) => [String(name), found[index + 1]])
  const values = pairs.filter(([, value]) => value !== undefined)
  return dictionary(Object.fromEntries(values))
}

function dictionary(values) {
  return values && Object.assign(Object.create(null), values)
}

function same(expected, answer) {
  if (!expected || !answer) return expected === answer
  const names = new Set([...Object.keys(expected), ...Object.keys(answer)])
  return [...names].every((name) => expected[name] === answer[name])
}
