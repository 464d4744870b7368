// Sends the same random requests to an application with supertokens-node and to our gate, and compares
// the answers.
//
//     node run.mjs [--count N] [--seed N] [--only area]
//                  [--case file]      one case, as a failed run prints it ("-": standard input)
//                  [--against file]   another module with `askOurs`; `./peer.mjs` checks the harness
//                  [--ignore regexp]  fields that are not compared for once, as in "body|calls"
//                  [--failures N]     how many kinds of failures are shown (10)

import { optionsOfRun, runComparison } from '../harness.mjs'
import { short } from '../report.mjs'
import { tokensOf } from './carriers.mjs'
import { compare } from './compare.mjs'
import { DIFFERENCES } from './differences.mjs'
import { AREA_NAMES, generate } from './generate.mjs'
import { judge } from './judge.mjs'
import { KEY_DIFFERENCES } from './key-differences.mjs'
import { askPeer } from './peer.mjs'
import { kindOf, placeOf } from './places.mjs'
import { smaller } from './shrink.mjs'
import { readByPeer } from './token-facts.mjs'
import { isRequest } from './wire.mjs'

const values = optionsOfRun()
const side = await import(new URL(values.against, import.meta.url).href)
const isPeer = side.askOurs === undefined

await runComparison(
  {
    areas: AREA_NAMES,
    generate,
    askPeer,
    askOurs: side.askOurs ?? side.askPeer,
    // The peer needs no differences from itself.
    judge: isPeer ? withoutDifferences : judge,
    names: [...DIFFERENCES, ...KEY_DIFFERENCES].map(({ name }) => name),
    placesOf: (peer) => peer.map(placeOf),
    kindOf,
    isRequest,
    smaller,
    describe,
  },
  values,
)
// Servers and connections of both sides are still there.
process.exit()

async function withoutDifferences(_case, peer, ours, ignored) {
  return { used: [], mismatches: compare(peer, ours, ignored) }
}

/** The access tokens of a case. */
function describe(testCase) {
  return testCase.requests.flatMap((request) => {
    return tokensOf(request, testCase).map(({ place, token }) => {
      const { header, payload } = readByPeer(token) ?? {}
      return `${place} …${token.slice(-8)} ${short(header)} ${short(payload)}`
    })
  })
}
