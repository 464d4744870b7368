import { digits, markdownTable } from '../lib/table.mjs'

/** Where the time of one request goes. */
export function profile(results) {
  if (results.profile === undefined) return ''
  const { version, cases } = results.profile.runs[0]
  const parts = cases.map(({ name, us, areas, functions }) => {
    const row = ({ name, share }) => [
      name.replaceAll('<', '&lt;').replaceAll('|', '\\|'),
      digits(us * share),
      digits(share * 100),
    ]
    return `### ${name}, ${digits(us)} µs

${markdownTable([['area', 'µs', '%'], ...areas.map(row)])}
${markdownTable([['function', 'µs', '%'], ...functions.map(row)])}`
  })
  return `## Where the time goes

The sampling profiler of Node ${version} over many requests, by the area that a function belongs to and by function.
Functions of the module keep their names in the build that is measured here.

${parts.join('\n')}`
}
