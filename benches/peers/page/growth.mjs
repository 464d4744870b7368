import { digits, markdownTable } from '../lib/table.mjs'
import { middleRun } from './runs.mjs'

const WORDS = {
  routes: 'Routes: flat. The last of all routes is the one that fits.',
  cookies: 'Cookies: linear, at most 1.2 µs for each KB.',
  tokens:
    'Cached tokens: flat. Any of them may come next, so that large numbers leave the processor’s caches.',
  'few-tokens': 'Cached tokens of which 50 are used: flat.',
  keys: 'Keys in the key set: flat. The key is the last of them.',
  concurrent: 'Requests that wait at the same time, with `await check`; the time is that of one.',
}

/** A table and a plot for each curve. */
export function growth(results, plots) {
  if (results.growth === undefined) return ''
  const { runs } = results.growth
  const parts = runs[0].curves.map(({ name, of }) => {
    const curves = runs.map((run) => run.curves.find((curve) => curve.name === name))
    const { points } = middleRun(curves, (curve) => curve.points.at(-1).us[0])
    const rows = points.map(({ size, us: [middle, low, high] }) => {
      return [String(size), digits(middle), `${digits(low)}–${digits(high)}`]
    })
    const plot = plots.lines(`growth-${name}`, {
      title: `One decision by ${of}`,
      unit: 'µs',
      of,
      points: points.map(({ size, us: [y, low, high] }) => ({ x: size, y, low, high })),
    })
    return `${WORDS[name]}\n\n${markdownTable([[of, 'µs', 'spread'], ...rows])}\n${plot}`
  })
  return `## How cost grows

One \`checkSync\` in Node ${runs[0].version} with a token seen before. What follows a colon is the target.

${parts.join('\n')}`
}
