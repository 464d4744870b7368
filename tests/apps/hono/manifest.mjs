import deno from '../deno/manifest.mjs'
import { table } from '../table.mjs'

/** The same application on another runtime, with everything that it has to answer. */
const on = (name, start) =>
  Object.entries(table).map(([provider, rows]) => ({
    name: `${provider} on ${name}`,
    start,
    provider,
    rows,
  }))

export default {
  title: 'Hono',
  package: 'hono',
  runtime: 'node',
  also: ['deno', 'bun'],
  start: ['node', 'node.mjs'],
  more: [
    ...on('Deno', [...deno.start.slice(0, -1), 'deno.mjs']),
    ...on('Bun', ['bun', '--no-install', 'bun.mjs']),
  ],
  types: ['node'],
}
