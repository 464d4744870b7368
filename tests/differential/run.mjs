// Sends the same random requests to @clerk/backend and to us, and compares the answers.
//
//     node run.mjs [--count N] [--seed N] [--only area]
//                  [--case file]      one case, as a failed run prints it ("-": standard input)
//                  [--against file]   another module with `askOurs`; `./peer.mjs` checks the harness
//                  [--ignore regexp]  fields that are not compared for once, as in "has|calls"
//                  [--failures N]     how many kinds of failures are shown (10)

import { DIFFERENCES, EVERYWHERE } from './differences.mjs'
import { tokensOf } from './facts.mjs'
import { AREA_NAMES, generate } from './generate.mjs'
import { optionsOfRun, runComparison } from './harness.mjs'
import { judge } from './judge.mjs'
import { decode } from './mint.mjs'
import { askPeer } from './peer.mjs'
import { placeOf, short } from './report.mjs'

const values = optionsOfRun()
const side = await import(new URL(values.against, import.meta.url).href)

await runComparison(
  {
    areas: AREA_NAMES,
    generate,
    askPeer,
    askOurs: side.askOurs ?? side.askPeer,
    judge,
    names: [...EVERYWHERE, ...DIFFERENCES].map(({ name }) => name),
    placesOf: (peer) => [placeOf(peer)],
    isRequest,
    describe,
  },
  values,
)

/** Whether there can be such a request at all. */
function isRequest({ method, url, headers }) {
  try {
    return Boolean(new Request(url, { method, headers }))
  } catch {
    return false
  }
}

/** The tokens of a case. */
function describe(testCase) {
  return tokensOf(testCase).flatMap((token) => {
    const { header, payload } = decode(token) ?? {}
    return header ? [`token …${token.slice(-8)} ${short(header)} ${short(payload)}`] : []
  })
}
