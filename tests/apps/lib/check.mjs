// Compares an answer with what the table expects; one line for each thing that is not so.

/**
 * `words` replaces `{name}` in expected texts. `ownLocations`: the framework itself writes
 * some redirects to the application's own pages without its origin.
 */
export function complaints(
  answer,
  expect,
  words,
  { ownCaching = false, ownVary = false, ownLocations = false } = {},
) {
  const fill = (text) => text.replace(/\{([\w-]+)\}/g, (all, name) => words[name] ?? all)
  const found = []
  const must = (holds, text) => holds || found.push(text)
  const { status, headers, body } = answer
  must(status === expect.status, `status ${status}, not ${expect.status}`)
  if (expect.location !== undefined) {
    const wanted = fill(expect.location)
    const isRelative = ownLocations && headers.location?.startsWith('/')
    const location = isRelative ? words.origin + headers.location : headers.location
    must(location === wanted, `location ${headers.location}, not ${wanted}`)
  }
  if (expect.locationStart !== undefined) {
    const wanted = fill(expect.locationStart)
    must(headers.location?.startsWith(wanted), `location ${headers.location}, not ${wanted}…`)
  }
  for (const text of expect.body ?? []) must(body.includes(text), `no "${text}" in: ${cut(body)}`)
  for (const [name, value] of Object.entries(expect.headers ?? {})) {
    must(headers[name] === value, `header ${name}: ${headers[name]}, not ${value}`)
  }
  for (const name of expect.hasHeaders ?? []) must(headers[name] !== undefined, `no header ${name}`)
  for (const name of expect.noHeaders ?? []) {
    must(headers[name] === undefined, `header ${name}: ${headers[name]}`)
  }
  found.push(...jsonComplaints(body, expect, fill))
  for (const start of (expect.cookies ?? []).map(fill)) {
    const set = headers['set-cookie'] ?? []
    const count = set.filter((cookie) => cookie.startsWith(`${start};`)).length
    must(count === 1, `cookies ${cut(set.join())}, not one ${cut(start)}`)
  }
  found.push(...cacheComplaints(headers, expect.cache, ownCaching, ownVary))
  return found
}

function jsonComplaints(body, { json = {}, jsonContains = {}, jsonWithout = [] }, fill) {
  const wanted = Object.entries(json)
  const parts = Object.entries(jsonContains)
  if (wanted.length + parts.length + jsonWithout.length === 0) return []
  let value
  try {
    value = JSON.parse(body)
  } catch {
    return [`no JSON: ${cut(body)}`]
  }
  const member = (path) => path.split('.').reduce((object, name) => object?.[name], value)
  return [
    ...wanted
      .filter(([path, expected]) => member(path) !== expected)
      .map(([path, expected]) => `${path} is ${JSON.stringify(member(path))}, not ${expected}`),
    ...parts
      .filter(([path, expected]) => !String(member(path)).includes(fill(expected)))
      .map(
        ([path, expected]) =>
          `${path} is ${cut(String(member(path)))}, without ${cut(fill(expected))}`,
      ),
    ...jsonWithout
      .filter((name) => Object.hasOwn(value, name))
      .map((name) => `${name} is ${value[name]}`),
  ]
}

/**
 * `ownCaching`: the framework itself keeps pages out of caches that nobody looked into, so that only
 * what the gate would have added can be told. `ownVary`: the framework writes `Vary` of its pages itself,
 * which says nothing where the answer is not stored at all (RFC 9111 section 5.2.2.5).
 */
function cacheComplaints(headers, cache, ownCaching, ownVary) {
  if (cache === undefined) return []
  const directives = list(headers['cache-control'])
  const varies = list(headers.vary).some((name) => name === 'cookie' || name === '*')
  if (cache === 'private') {
    const isPage = headers['content-type']?.startsWith('text/html')
    const isKept =
      directives.includes('no-store') && (directives.includes('private') || directives.length === 1)
    return [
      ...(isKept ? [] : [`cache-control: ${headers['cache-control']}`]),
      ...(varies || (ownVary && isPage && isKept) ? [] : [`vary: ${headers.vary}`]),
    ]
  }
  const isOpen = ownCaching || !directives.some((one) => one === 'private' || one === 'no-store')
  return [
    ...(isOpen ? [] : [`cache-control: ${headers['cache-control']}`]),
    ...(varies ? [`vary: ${headers.vary}`] : []),
  ]
}

const list = (text) =>
  (text ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')

const cut = (text) => (text.length > 300 ? `${text.slice(0, 300)}…` : text)
