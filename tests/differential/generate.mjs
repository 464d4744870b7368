// Makes up cases: for each, an area says which parts of Clerk's rules are likely to be touched.
//
//     node generate.mjs [--seed N] [--count N] [--only area]      prints cases, one JSON per line

import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Draft } from './draft.mjs'
import { bearer, machine } from './generate/bearer.mjs'
import {
  clashingSessions,
  cookieSpelling,
  counter,
  devBrowser,
  plainSession,
  sessionStates,
} from './generate/cookies.mjs'
import { handshake, nonce, refresh } from './generate/handshake.mjs'
import { brokenInstance, instance } from './generate/instance.mjs'
import { oddKeys, organisation, proxyUrl, rules, satellite, sync } from './generate/options.mjs'
import {
  oddAddress,
  oddNavigation,
  plainAddress,
  plainNavigation,
  referrer,
} from './generate/request.mjs'
import { Random } from './random.mjs'

/** What every case has some of. Later parts build on earlier ones, so the order matters. */
const PARTS = [
  [brokenInstance, 0.004],
  [satellite, 0.03],
  [proxyUrl, 0.03],
  [organisation, 0.05],
  [oddAddress, 0.1],
  [referrer, 0.1],
  [oddKeys, 0.06],
  [rules, 0.15],
  [clashingSessions, 0],
  [sessionStates, 0.1],
  [plainSession, 0.8],
  [counter, 0.1],
  [refresh, 0.05],
  [sync, 0.02],
  [handshake, 0.02],
  [nonce, 0.01],
  [bearer, 0.02],
  [machine, 0.02],
  [cookieSpelling, 0.03],
]

/** Weight, the parts that matter there, and how many of the session tokens are odd or expired. */
const AREAS = {
  header: [3, { bearer: 1, plainSession: 0.2, rules: 0.4 }, { oddTokens: 3 }],
  cookie: [3, { plainSession: 1, rules: 0.4 }, { oddTokens: 3 }],
  clash: [3, { clashingSessions: 1, plainSession: 0, sessionStates: 0 }, {}],
  states: [2, { sessionStates: 1, plainSession: 0 }, {}],
  address: [1.5, { oddAddress: 1, sessionStates: 0.7, plainSession: 0.3 }, {}],
  satellite: [2, { satellite: 1, plainSession: 0.4, sessionStates: 0.3, counter: 0.15 }, {}],
  sync: [1, { sync: 1, plainSession: 0.5, counter: 0.2 }, {}],
  referrer: [1.2, { referrer: 1, counter: 0.2, proxyUrl: 0.1 }, { oddTokens: 0.05 }],
  loop: [0.8, { counter: 1, sessionStates: 0.6, plainSession: 0.4 }, {}],
  handshake: [2, { handshake: 1, plainSession: 0.4, sessionStates: 0.2 }, {}],
  nonce: [1, { nonce: 1, plainSession: 0.5 }, {}],
  refresh: [1.5, { refresh: 1, plainSession: 1 }, { oddTokens: 0.3, expiredTokens: 3 }],
  organisation: [1.5, { organisation: 1, plainSession: 1, counter: 0.2 }, { oddTokens: 0.05 }],
  machine: [2, { machine: 1, plainSession: 0.3, rules: 0.3 }, {}],
  keys: [1, { oddKeys: 1, plainSession: 0.6, bearer: 0.5 }, { oddTokens: 0.4 }],
  mixed: [2, { satellite: 0.2, organisation: 0.2, handshake: 0.1, refresh: 0.2, sync: 0.1 }, {}],
}

export const AREA_NAMES = Object.keys(AREAS)

/** The first moment that a case may take place; each comes some minutes after the one before. */
const EPOCH = Date.UTC(2026, 2, 4, 5, 6, 7)
const STEP = 600_000

/** The case of this number. */
export function generate(seed, number, only = null) {
  const random = new Random(seed, number)
  const weights = AREA_NAMES.map((name) => [AREAS[name][0], name])
  const area = only ?? random.weighted(weights)
  const draft = new Draft(random, EPOCH + number * STEP + random.int(0, 999))
  const [, chances, settings] = AREAS[area]
  Object.assign(draft, settings)
  instance(draft)
  plainAddress(draft)
  if (random.chance(0.75)) plainNavigation(draft)
  else oddNavigation(draft)
  if (!draft.isProduction) devBrowser(draft)
  for (const [part, usual] of PARTS) {
    if (random.chance(chances[part.name] ?? usual)) part(draft)
  }
  return draft.toCase(area)
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
      count: { type: 'string', default: '1' },
      only: { type: 'string' },
    },
  })
  console.error(`seed ${values.seed}`)
  for (let number = 0; number < Number(values.count); number++) {
    console.log(JSON.stringify(generate(Number(values.seed), number, values.only)))
  }
}
