import { digits, markdownTable } from '../lib/table.mjs'
import { middleOf, TARGETS } from '../targets.mjs'

/** Each target with what three runs measured, and those that were missed once more. */
export function targets(results) {
  const judged = TARGETS.map((target) => {
    const values = target.values(results)
    const middle = values.length > 0 ? middleOf(values) : null
    return { ...target, values, middle, isReached: middle !== null && target.isReached(middle) }
  })
  const rows = judged.map(({ work, against, target, values, middle, isReached }) => {
    const verdict = middle === null ? 'not measured' : isReached ? 'reached' : '**missed**'
    return [work, against, target, values.map(digits).join(' / ') || '–', verdict]
  })
  const missed = judged.filter(({ isReached }) => !isReached)
  const lines = missed.map(({ work, against, target, middle }) => {
    const measured = middle === null ? 'not measured' : digits(middle)
    const subject = against === '' ? work : `${work} (${against})`
    return `- ${subject}: ${measured}, wanted ${target}\n`
  })
  return `## Targets

How many times as fast as the peer (≥), or a share of its time or a limit (≤), in each run; the middle run
decides. \`sessiongate\` is \`checkSync\` with routes.

${markdownTable([['work', 'against', 'target', 'measured', 'verdict'], ...rows])}
${judged.length - missed.length} of ${judged.length} are reached.${lines.length > 0 ? ' Missed:' : ''}

${lines.join('')}`
}
