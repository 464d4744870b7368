// The code in the documentation, as files that can be run.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The code of a page below a line `<!-- run: NAME -->`, with the names. Code without such a line must say
 * why: `<!-- not run: … -->`.
 */
export function codeOf(root, page) {
  const text = readFileSync(join(root, page), 'utf8')
  const found = []
  const pattern = /(?:<!-- (run|not run): ([^\n]+?) -->\n)?```(?:js|ts|tsx|jsx)\n([\s\S]*?)```/g
  for (const [, kind, name, code] of text.matchAll(pattern)) {
    if (kind === undefined) throw new Error(`${page}: this code is not run:\n${code}`)
    if (kind === 'run') found.push({ name, code })
  }
  if (found.length === 0) throw new Error(`${page}: no code was found`)
  return found
}
