// The messages of our reasons.

import { readFileSync } from 'node:fs'

const source = readFileSync(new URL('../../../src/reason.rs', import.meta.url), 'utf8')
const MESSAGES = new Map(
  [...source.matchAll(/^ +\w+ "([\w-]+)"\n +"([^"]*)"$/gm)].map(([, code, text]) => [code, text]),
)

/** The message of a reason code. */
export function messageOf(code) {
  const message = MESSAGES.get(code)
  if (message === undefined) throw new Error(`src/reason.rs has no ${code}.`)
  return message
}
