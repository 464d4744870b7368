// Writes docs/benchmarks.md and its plots out of the figures beside them.
//
//   node page.mjs

import { writeFileSync } from 'node:fs'
import { FOLDER, readResults } from './lib/results.mjs'
import { barChart, lineChart } from './lib/svg.mjs'
import { engines } from './page/engines.mjs'
import { firstDecision, memory, sizes } from './page/footprint.mjs'
import { growth } from './page/growth.mjs'
import { method } from './page/method.mjs'
import { obstacles } from './page/obstacles.mjs'
import { peers, RUNTIMES } from './page/peers.mjs'
import { profile } from './page/profile.mjs'
import { stages } from './page/stages.mjs'
import { targets } from './page/targets.mjs'

const NAMES = [
  ...RUNTIMES.map((runtime) => `peers-${runtime}`),
  ...['growth', 'first-decision', 'memory', 'sizes', 'engines', 'stages', 'profile'],
]
const results = Object.fromEntries(
  NAMES.map((name) => [name, readResults(name)]).filter(([, result]) => result !== null),
)
const sections = [
  method,
  targets,
  obstacles,
  peers,
  growth,
  firstDecision,
  memory,
  sizes,
  engines,
  stages,
  profile,
]
const plots = { bars: plotter(barChart), lines: plotter(lineChart) }
const text = sections.map((section) => section(results, plots)).join('\n')
writeFileSync(new URL('../benchmarks.md', FOLDER), text)
console.log('docs/benchmarks.md: written')

/** Writes a plot, and gives the Markdown that shows it. */
function plotter(draw) {
  return (name, chart) => {
    writeFileSync(new URL(`${name}.svg`, FOLDER), draw(chart))
    return `![${chart.title}](benchmarks/${name}.svg)\n`
  }
}
