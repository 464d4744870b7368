import { digits, markdownTable } from '../lib/table.mjs'
import { middleRun } from './runs.mjs'

/** The first verified decision of a fresh process. */
export function firstDecision(results) {
  if (results['first-decision'] === undefined) return ''
  const ours = (run) => run.results.find(({ name }) => name === 'sessiongate').ratio
  const { version, processes, results: list } = middleRun(results['first-decision'].runs, ours)
  const rows = list.map(({ name, bundleBytes, wallMs, overEmptyMs, insideMs, ratio }) => {
    const times = [wallMs, overEmptyMs, insideMs].map(([middle]) => digits(middle))
    const size = digits(bundleBytes / 1000)
    return name === 'empty'
      ? [name, size, times[0], '–', '–', '–']
      : [name, size, ...times, digits(ratio)]
  })
  const head = ['', 'KB of the bundle', 'ms, process', 'over the empty one', 'inside', '× jose']
  return `## First decision

A fresh process of Node ${version} that verifies one token and ends, bundled and minified by esbuild; medians of
${processes} processes of each, in turns. *Inside* begins with the first line of the bundle, after the modules of
Node that it imports are loaded; the ratio is that of the times over the empty process.

${markdownTable([head, ...rows])}`
}

/** What a process holds. */
export function memory(results) {
  if (results.memory === undefined) return ''
  const last = (run) => run.results.at(-1).overRequests[0]
  const { version, results: list } = middleRun(results.memory.runs, last)
  const rows = list.map(({ name, held, overEmpty, overRequests, pagesOverEmpty }) => {
    const all = [held, overEmpty, overRequests, pagesOverEmpty]
    return [name, ...all.map(([middle]) => digits(middle))]
  })
  const head = [
    '',
    'MB held',
    'over the empty process',
    'over the requests alone',
    'pages over the empty one',
  ]
  return `## Memory

Fresh processes of Node ${version} after garbage collection. *Held* is V8's heap in use and the memory outside of
it, that of WebAssembly among it; *pages* is what the system gave to the process alone, with what garbage made it
grow. *The requests alone*: the same 2 000 web requests are made and nobody looks at them. Cached are tokens
of 1 222 bytes.

${markdownTable([head, ...rows])}`
}

/** The bytes of the module. */
export function sizes(results) {
  if (results.sizes === undefined) return ''
  const rows = Object.entries(results.sizes.runs[0]).map(([name, bytes]) => [
    name,
    digits(bytes / 1000),
  ])
  return `## Size

${markdownTable([['wasm build', 'KB after gzip'], ...rows])}`
}
