import { digits, markdownTable } from '../lib/table.mjs'
import { middleRun } from './runs.mjs'

/** The stages of a decision in the native build. */
export function stages(results) {
  if (results.stages === undefined) return ''
  const { runs } = results.stages
  const rows = runs[0].stages.map(({ name }) => {
    const all = runs.map((run) => run.stages.find((stage) => stage.name === name))
    const { median, fastest, slowest } = middleRun(all, (stage) => stage.median)
    return [name, digits(median), digits(fastest), digits(slowest)]
  })
  return `## Stages, natively

\`cargo bench\`: the crate by itself with \`ring\`, without JavaScript or WebAssembly.

${markdownTable([['', 'median µs', 'fastest', 'slowest'], ...rows])}`
}
