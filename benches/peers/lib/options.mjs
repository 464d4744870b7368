// What every measurement can be told on the command line.

import { parseArgs } from 'node:util'
import { keepRun } from './results.mjs'

/**
 * `--quick` makes it short and keeps nothing; `--run N` keeps its figures as those of the run N, of
 * which the first throws the earlier ones away. `more` are further options of `parseArgs`.
 */
export function optionsOf(more = {}) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, run: { type: 'string' }, ...more },
  })
  const keep = (name, figures) => {
    if (values.run !== undefined && !values.quick) keepRun(name, Number(values.run), figures)
  }
  return { ...values, positionals, keep }
}
