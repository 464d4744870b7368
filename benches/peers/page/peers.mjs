import { digits, markdownTable } from '../lib/table.mjs'
import { middleRun } from './runs.mjs'

/** The order of the columns. */
export const RUNTIMES = ['node', 'deno', 'bun', 'workerd', 'edge-runtime']

const RACES = [
  ['token', 'cold', 'Every token new'],
  ['token', 'warm', 'Tokens seen before'],
  ['token', 'anonymous', 'Nobody signed in'],
  ['suffixed', 'cold', 'Suffixed cookies, every token new'],
  ['suffixed', 'warm', 'Suffixed cookies, tokens seen before'],
  ['session', 'cold', 'SuperTokens, every token new'],
  ['session', 'warm', 'SuperTokens, tokens seen before'],
  ['session', 'anonymous', 'SuperTokens, nobody signed in'],
]
const BASE = 'sessiongate checkSync'

/** A table for each race, over all runtimes. */
export function peers(results, plots) {
  const measured = RUNTIMES.filter((runtime) => results[`peers-${runtime}`] !== undefined)
  const versions = measured.map(
    (runtime) => `${runtime} ${results[`peers-${runtime}`].runs[0].version}`,
  )
  const tables = RACES.map((race) => table(race, measured, results, plots))
  return `## Side by side

Microseconds for one request, and behind them how many times our time that is. ${versions.join(', ')}.
A dash: the package does not run there.

${tables.join('\n')}`
}

function table([field, race, title], measured, results, plots) {
  const columns = measured.map((runtime) => raceOf(results[`peers-${runtime}`], field, race))
  const names = [...new Set(columns.flatMap((column) => [...column.keys()]))]
  const rows = names.map((name) => {
    const mark = columns.some((column) => column.get(name)?.decides) ? ' (decides)' : ''
    return [name + mark, ...columns.map((column) => cell(column.get(name), name))]
  })
  const text = `### ${title}\n\n${markdownTable([['', ...measured], ...rows])}`
  const bars = [...(columns[measured.indexOf('node')] ?? [])].map(([name, { us, isOurs }]) => {
    return { name, value: us[0], isOurs }
  })
  if (bars.length < 4) return text
  const plot = plots.bars(`peers-${field}-${race}`, { title: `${title}, Node`, unit: 'µs', bars })
  return `${text}\n${plot}`
}

/** The contenders of a race by name, of the run whose time of ours is the middle one. */
function raceOf(result, field, race) {
  const races = result.runs.map(({ races }) => {
    return races.find((one) => one.field === field && one.name === race)?.results ?? []
  })
  const ours = (list) => list.find(({ name }) => name === BASE)?.us[0] ?? 0
  return new Map(middleRun(races, ours).map((contender) => [contender.name, contender]))
}

function cell(contender, name) {
  if (contender === undefined) return '–'
  const { us, ratio } = contender
  const [middle, low, high] = us.map((value) => digits(value))
  const times = name === BASE ? '' : `, ×${digits(ratio)}`
  return `${middle} (${low}–${high})${times}`
}
