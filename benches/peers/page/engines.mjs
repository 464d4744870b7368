import { digits, markdownTable } from '../lib/table.mjs'
import { middleRun } from './runs.mjs'

/** The kernels alone. */
export function engines(results) {
  if (results.engines === undefined) return ''
  const { runs } = results.engines
  const parts = runs[0].groups.map(({ name }) => {
    const groups = runs.map((run) => run.groups.find((group) => group.name === name))
    const ours = ({ results }) => results[1].ratio
    const rows = middleRun(groups, ours).results.map(({ name, us: [middle, low, high], ratio }) => {
      return [name, digits(middle), `${digits(low)}–${digits(high)}`, digits(ratio)]
    })
    return markdownTable([[name, 'µs', 'spread', '× node:crypto'], ...rows])
  })
  return `## Signatures alone

One signature over 900 bytes, SHA-256 included, in Node ${runs[0].version}; \`node:crypto\` is called synchronously
with a cached key. The kernels are built with SIMD128.

${parts.join('\n')}`
}
