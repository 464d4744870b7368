// What a strict reader of JSON objects to in a text that JSON.parse takes.

const TOKEN = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/gy

/**
 * `{ isUtf8, isJson, depth, members, hasTwins, hasLoneSurrogate, hasHugeNumber }` of the bytes of a
 * JSON text; for what is no JSON at all only the first two.
 */
export function lookInto(bytes) {
  const text = decoded(bytes)
  if (text === null) return { isUtf8: false, isJson: false }
  if (!isJson(text)) return { isUtf8: true, isJson: false }
  return { isUtf8: true, isJson: true, ...walk(text) }
}

function decoded(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function isJson(text) {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Goes through a text that is known to be JSON. */
function walk(text) {
  const found = { depth: 0, members: 0, ...none }
  /** For each level the names so far, or null in an array. */
  const levels = []
  const tokens = text.match(TOKEN) ?? []
  for (const [index, token] of tokens.entries()) {
    if (token === '{' || token === '[') {
      if (levels.at(-1) === null) found.members++
      levels.push(token === '{' ? new Set() : null)
      found.depth = Math.max(found.depth, levels.length)
    } else if (token === '}' || token === ']') levels.pop()
    else if (token !== ',' && token !== ':') {
      value(found, levels.at(-1), token, tokens[index + 1] === ':')
    }
  }
  return found
}

const none = { hasTwins: false, hasLoneSurrogate: false, hasHugeNumber: false }

/** A name, or a value that is no array and no object. */
function value(found, names, token, isName) {
  if (token.startsWith('"')) {
    const text = JSON.parse(token)
    if (!text.isWellFormed()) found.hasLoneSurrogate = true
    if (isName) {
      if (names.has(text)) found.hasTwins = true
      names.add(text)
    }
  } else if (/^-?\d/.test(token) && !Number.isFinite(Number(token))) found.hasHugeNumber = true
  if (isName || names === null) found.members++
}
