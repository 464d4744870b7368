/** Cookies that an answer brings, as the request would have brought them: for what runs behind. */
import type { HeaderPair } from 'sessiongate'

/**
 * The `Cookie` header with what `headers` set and delete, so that whoever reads the cookies of a
 * request sees the token that the gate got, not the one that had expired. `null` when there is
 * nothing to change. `path` is that of the request.
 */
export function withFreshCookies(
  cookie: string | null,
  headers: readonly HeaderPair[],
  path: string,
): string | null {
  const changes = new Map<string, string | null>()
  for (const [name, value] of headers) {
    if (name === 'set-cookie') note(changes, value, path)
  }
  if (changes.size === 0) return null
  const sent = (cookie ?? '').split(';').map((pair) => pair.trim())
  const kept = sent.filter((pair) => pair !== '' && !changes.has(nameOf(pair)))
  const added = [...changes].filter(([, value]) => value !== null)
  return [...kept, ...added.map(([name, value]) => `${name}=${value}`)].join('; ')
}

function note(changes: Map<string, string | null>, text: string, path: string): void {
  const { name, value, attributes } = partsOf(text)
  if (!matches(attributes.get('path'), path)) return
  changes.set(name, isOver(attributes) ? null : value)
}

/** What a `Set-Cookie` says. */
export interface CookieParts {
  readonly name: string
  readonly value: string
  /** By their names in lower case. */
  readonly attributes: ReadonlyMap<string, string>
}

/** RFC 6265 section 5.2: the pair, then attributes without regard to case. */
export function partsOf(text: string): CookieParts {
  const [pair = '', ...rest] = text.split(';').map((part) => part.trim())
  const attributes = new Map(rest.map((part) => [nameOf(part).toLowerCase(), textOf(part)]))
  return { name: nameOf(pair), value: textOf(pair), attributes }
}

/** What deletes a cookie is written with the start of all times, whatever the clock says. */
export function isOver(attributes: ReadonlyMap<string, string>): boolean {
  const age = attributes.get('max-age')
  if (age !== undefined) return Number(age) <= 0
  return Date.parse(attributes.get('expires') ?? '') <= 0
}

/** RFC 6265 section 5.1.4. */
function matches(scope: string | undefined, path: string): boolean {
  if (scope === undefined || !scope.startsWith('/') || scope === path) return true
  return path.startsWith(scope.endsWith('/') ? scope : `${scope}/`)
}

function nameOf(pair: string): string {
  const end = pair.indexOf('=')
  return (end < 0 ? pair : pair.slice(0, end)).trim()
}

function textOf(pair: string): string {
  const end = pair.indexOf('=')
  return end < 0 ? '' : pair.slice(end + 1).trim()
}
