// What was promised before it was built, and what was measured.

import { median } from './lib/statistics.mjs'

/** A contender that everybody may be slower than: it verifies nothing. */
const NO_PEER = 'cookie parsing alone'
/** From how much on a curve is no longer flat: time at its end over time at its beginning. */
const FLAT = 1.25

/**
 * All targets: `work`, `against`, the `target` in words, `isReached(value)` and `values(results)`, one
 * for each run, where `results` are those of all measurements by name.
 */
export const TARGETS = [
  ...race('node', 'full decision, every token new (cold), Node', [
    ['token cold', 'clerk authenticateRequest', 15],
    ['token cold', 'jose', 2.2],
    ['token cold', 'fast-jwt', 1],
    ['token cold', 'hand-written, node:crypto', 0.75],
  ]),
  ...race('node', 'full decision, tokens seen before (warm), Node', [
    ['token warm', 'clerk authenticateRequest', 100],
    ['token warm', 'fast-jwt with cache', 1],
    ['token warm', 'fast-jwt with cache, identity key', 1],
  ]),
  ...race('node', 'anonymous request, Node', [
    ['token anonymous', 'clerk authenticateRequest', 20],
  ]),
  ...race('workerd', 'cold, workerd', [
    ['token cold', 'jose', 0.9],
    ['token cold', 'clerk authenticateRequest', 12],
  ]),
  ...race('workerd', 'warm, workerd', [
    ['token warm', 'jose', 15],
    ['token warm', 'clerk authenticateRequest', 150],
  ]),
  {
    work: 'cold, Deno',
    against: 'the best of all peers',
    target: '≥ 4',
    isReached: (value) => value >= 4,
    values: (results) => runsOf(results, 'peers-deno', bestPeer),
  },
  ...race('bun', 'cold, Bun', [
    ['token cold', 'jose', 1.2],
    ['token cold', 'clerk authenticateRequest', 10],
  ]),
  ...race('bun', 'warm, Bun', [['token warm', 'clerk authenticateRequest', 60]]),
  ...race('node', 'SuperTokens verification, Node', [
    ['session cold', 'supertokens-node getSession', 4],
    ['session warm', 'supertokens-node getSession', 40],
  ]),
  atMost('RS256 in our wasm alone', '`node:crypto`, synchronous', 1.5, (results) =>
    runsOf(results, 'engines', engine('RS256, 2048 bits', 'kernel in wasm')),
  ),
  atMost('ES256 in our wasm, key seen before', '`node:crypto`, synchronous', 0.6, (results) =>
    runsOf(results, 'engines', engine('ES256', 'kernel in wasm, key seen before')),
  ),
  atMost('wasm file, KB after gzip', 'all algorithms', 75, (results) =>
    runsOf(results, 'sizes', ({ default: bytes }) => bytes && bytes / 1000),
  ),
  atMost('wasm file, KB after gzip', 'the slim build', 55, (results) =>
    runsOf(results, 'sizes', ({ slim: bytes }) => bytes && bytes / 1000),
  ),
  atMost(
    'first verified decision, fresh Node process',
    'with `jose`, both bundled',
    1.5,
    (results) =>
      runsOf(results, 'first-decision', ({ results }) => named(results, 'sessiongate').ratio),
  ),
  atMost('MB held with 1 000 cached tokens', 'the process without the gate', 6, (results) =>
    runsOf(results, 'memory', ({ results }) => results.at(-1).overRequests[0]),
  ),
  atMost('1 000 routes', 'time with one route', FLAT, (results) => ends(results, 'routes')),
  atMost('cookies, µs for each KB', '', 1.2, (results) => runsOf(results, 'growth', slope)),
  atMost('100 000 cached tokens', 'time with one', FLAT, (results) => ends(results, 'tokens')),
  atMost('1 000 keys', 'time with one key', FLAT, (results) => ends(results, 'keys')),
]

/** The value that the verdict is about: the middle one of the runs. */
export function middleOf(values) {
  return median(values)
}

/** How many times as fast as a peer we are at least. */
function race(runtime, work, rows) {
  return rows.map(([race, contender, least]) => ({
    work,
    against: contender,
    target: `≥ ${least}`,
    isReached: (value) => value >= least,
    values: (results) => runsOf(results, `peers-${runtime}`, ratioOf(race, contender)),
  }))
}

function atMost(work, against, most, values) {
  return { work, against, target: `≤ ${most}`, isReached: (value) => value <= most, values }
}

/** The values of all runs that have one. */
function runsOf(results, name, value) {
  return (results[name]?.runs ?? []).map(value).filter((number) => Number.isFinite(number))
}

function ratioOf(race, contender) {
  return ({ races }) => named(resultsOf(races, race), contender)?.ratio
}

function bestPeer({ races }) {
  const peers = resultsOf(races, 'token cold').filter(
    ({ name, isOurs }) => !isOurs && name !== NO_PEER,
  )
  return Math.min(...peers.map(({ ratio }) => ratio))
}

function engine(group, name) {
  return ({ groups }) => named(named(groups, group).results, name).ratio
}

/** The time at the end of a curve over the one at its beginning. */
function ends(results, name) {
  return runsOf(results, 'growth', ({ curves }) => {
    const { points } = named(curves, name)
    return points.at(-1).us[0] / points[0].us[0]
  })
}

/** Least squares. */
function slope({ curves }) {
  const { points } = named(curves, 'cookies')
  const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length
  const [xs, ys] = [points.map(({ size }) => size), points.map(({ us: [middle] }) => middle)]
  const [x, y] = [mean(xs), mean(ys)]
  const products = xs.map((value, place) => (value - x) * (ys[place] - y))
  const squares = xs.map((value) => (value - x) ** 2)
  return mean(products) / mean(squares)
}

function resultsOf(races, name) {
  return races.find((race) => `${race.field} ${race.name}` === name).results
}

function named(list, name) {
  return list.find((one) => one.name === name)
}
