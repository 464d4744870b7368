// The messages of our reasons, as they are documented.

import { readFileSync } from 'node:fs'

const text = readFileSync(new URL('../../../docs/reasons.md', import.meta.url), 'utf8')
const [, table] = /<!-- reasons -->\n([^]*?)<!-- \/reasons -->/.exec(text)

const MESSAGES = new Map(
  table
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, code, message]) => [code.replaceAll('`', ''), message.replaceAll('&lt;', '<')]),
)

/** The message of a reason code. */
export function messageOf(code) {
  const message = MESSAGES.get(code)
  if (message === undefined) throw new Error(`docs/reasons.md has no ${code}.`)
  return message
}
