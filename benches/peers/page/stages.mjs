import { digits, markdownTable } from '../lib/table.mjs'
import { middleRun } from './runs.mjs'

/** What the names in benches/stages.rs stand for; a number behind them stays. */
const WORDS = {
  request: 'reading the lines of a request',
  anonymous: 'whole decision, nobody signed in',
  anonymous_no_cookies: 'the same without any cookie',
  token_parse: 'taking a token apart',
  claims: 'reading the claims',
  policy: 'one path among so many patterns:',
  signature_ring: 'one signature over 900 bytes, `ring`,',
  signature_kernel: 'one signature over 900 bytes, kernels,',
  decision_warm: 'whole decision, token seen before',
  decision_cold: 'whole decision, new token',
}

/** The stages of a decision in the native build. */
export function stages(results) {
  if (results.stages === undefined) return ''
  const { runs } = results.stages
  const rows = runs[0].stages.map(({ name }) => {
    const all = runs.map((run) => run.stages.find((stage) => stage.name === name))
    const { median, fastest } = middleRun(all, (stage) => stage.median)
    return [inWords(name), ...[median, fastest].map(digits)]
  })
  return `## Stages, natively

\`cargo bench\`: the crate by itself, without JavaScript or WebAssembly. A new token is verified with \`ring\`.

${markdownTable([['', 'median µs', 'fastest'], ...rows])}`
}

function inWords(name) {
  const [stage, ...rest] = name.split(' ')
  return [WORDS[stage] ?? stage, ...rest].join(' ')
}
