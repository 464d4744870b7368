// Makes up cases: for each, an area says which parts of SuperTokens' rules are likely to be touched.
//
//     node generate.mjs [--seed N] [--count N] [--only area]      prints cases, one JSON per line

import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Random } from '../random.mjs'
import { Draft } from './draft.mjs'
import {
  cookieSpelling,
  headerSpelling,
  legacyCookie,
  manyTokens,
  noToken,
  oneToken,
  refreshCookie,
} from './generate/carrier.mjs'
import { claimValidators } from './generate/claims.mjs'
import { coreAddresses, coreVerdict, oddKeys, openKeys } from './generate/core.mjs'
import { kitHeaders, otherHeaders, otherMethod } from './generate/csrf.mjs'
import { commonOptions, domains, sessionOptions, wireOptions } from './generate/options.mjs'
import { givenKeys, notAlone, requestForm, sessionFunctions } from './generate/ours.mjs'
import { refreshRequest, signOutRequest } from './generate/refresh.mjs'
import { earlierRequests } from './generate/sequence.mjs'

/** What every case has some of. Later parts build on earlier ones, so the order matters. */
const PARTS = [
  [domains, 0.05],
  [wireOptions, 0.05],
  [commonOptions, 0.5],
  [sessionOptions, 0.4],
  [claimValidators, 0.08],
  [coreVerdict, 0.04],
  [oddKeys, 0.03],
  [openKeys, 0],
  [coreAddresses, 0.02],
  [refreshRequest, 0],
  [signOutRequest, 0],
  [noToken, 0.05],
  [manyTokens, 0.04],
  [oneToken, 0.9],
  [legacyCookie, 0.01],
  [refreshCookie, 0.2],
  [headerSpelling, 0.03],
  [cookieSpelling, 0.06],
  [otherMethod, 0.25],
  [kitHeaders, 0.35],
  [otherHeaders, 0.3],
  [earlierRequests, 0.08],
  [requestForm, 0.4],
  [givenKeys, 0.1],
  [notAlone, 0.02],
  [sessionFunctions, 0.1],
]

/** Weight, the parts that matter there, and how many of the tokens are odd or expired. */
const AREAS = {
  token: [6, {}, { oddTokens: 0.8 }],
  times: [1, { sessionOptions: 0.2 }, { expiredTokens: 0.5 }],
  carrier: [
    3,
    { manyTokens: 0.7, oneToken: 0.4, noToken: 0.1, headerSpelling: 0.3, cookieSpelling: 0.4 },
    {},
  ],
  spelling: [2, { headerSpelling: 0.7, cookieSpelling: 0.9 }, { oddTokens: 0.02 }],
  csrf: [
    3,
    { commonOptions: 1, otherMethod: 0.8, kitHeaders: 0.8, domains: 0.2 },
    { oddTokens: 0.05 },
  ],
  options: [2, { wireOptions: 0.7, commonOptions: 1, sessionOptions: 1, domains: 0.5 }, {}],
  claims: [3, { claimValidators: 1, sessionOptions: 0.2 }, { oddTokens: 0.03 }],
  core: [
    3,
    {
      coreVerdict: 1,
      coreAddresses: 0.1,
      wireOptions: 0.3,
      sessionOptions: 0.5,
      claimValidators: 0.2,
    },
    { oddTokens: 0.05 },
  ],
  keys: [2, { oddKeys: 1, coreAddresses: 0.05 }, { oddTokens: 0.1 }],
  algorithms: [0.5, { openKeys: 1 }, { oddTokens: 0.1 }],
  sequence: [1.5, { earlierRequests: 1, oddKeys: 0.1, coreVerdict: 0.2 }, { oddTokens: 0.1 }],
  refresh: [
    3,
    {
      refreshRequest: 1,
      oneToken: 0,
      noToken: 0,
      manyTokens: 0,
      wireOptions: 0.5,
      kitHeaders: 0.7,
      otherMethod: 0,
      earlierRequests: 0,
      notAlone: 0,
      refreshCookie: 0,
    },
    { oddTokens: 0.05 },
  ],
  signout: [
    1.5,
    { signOutRequest: 1, otherMethod: 0, notAlone: 0, wireOptions: 0.3, kitHeaders: 0.6 },
    { oddTokens: 0.05 },
  ],
  backend: [1, { notAlone: 1, claimValidators: 0.5, coreVerdict: 0.5 }, { oddTokens: 0.05 }],
  mixed: [
    3,
    { claimValidators: 0.3, coreVerdict: 0.2, oddKeys: 0.1, cookieSpelling: 0.2, wireOptions: 0.2 },
    {},
  ],
}

export const AREA_NAMES = Object.keys(AREAS)

/** The first moment that a case may take place; each comes some minutes after the one before. */
const EPOCH = Date.UTC(2026, 2, 4, 5, 6, 7)
const STEP = 600_000

/** The case of this number. */
export function generate(seed, number, only = null) {
  const random = new Random(seed, number)
  const area = only ?? random.weighted(AREA_NAMES.map((name) => [AREAS[name][0], name]))
  const draft = new Draft(random, EPOCH + number * STEP + random.int(0, 999))
  const [, chances, settings] = AREAS[area]
  Object.assign(draft, settings)
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
