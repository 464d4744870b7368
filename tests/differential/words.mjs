// Our own words for refusals, as docs/reasons.md promises them, and answers in other words.

import { readFileSync } from 'node:fs'
import { checksOf } from './checks.mjs'

const reasons = readFileSync(new URL('../../docs/reasons.md', import.meta.url), 'utf8')
const TEXTS = new Map(
  [...reasons.matchAll(/^\| `([\w-]+)` \| (.+?) \| /gm)].map((row) => row.slice(1)),
)

/** Whether this is a code of ours. */
export function isCode(code) {
  return TEXTS.has(code)
}

/** The text of a code. */
export function textOf(code) {
  const text = TEXTS.get(code)
  if (text === undefined) throw new Error(`docs/reasons.md does not have ${code}.`)
  return text
}

/** How messages about tokens end: for sessions, and for machines. */
const SESSION = / \(reason=([\w-]+), token-carrier=(header|cookie)\)$/
const MACHINE = / \(code=([\w-]+), status=n\/a\)$/

/** Where the token was that a message is about; null for other messages. */
export function carrierOf({ message }) {
  return SESSION.exec(message ?? '')?.[2] ?? null
}

/**
 * The answer with another reason and text, if its message begins with `begin`. What to do is told
 * for sessions only; machines have one word for all that is wrong with a token.
 */
export function reworded(answer, begin, { word, text, action }) {
  const { message } = answer
  if (!message?.startsWith(begin)) return answer
  const session = SESSION.exec(message)
  if (session) {
    const end = ` (reason=${word}, token-carrier=${session[2]})`
    return withWords(answer, word, (action ? `${text} ${action}` : text) + end)
  }
  const machine = MACHINE.exec(message)
  return machine ? withWords(answer, answer.reason, text + machine[0]) : answer
}

/** The answer with one piece of its message replaced. */
export function quoting(answer, from, to) {
  if (!answer.message?.includes(from)) return answer
  return withWords(
    answer,
    answer.reason,
    answer.message.replace(from, () => to),
  )
}

/** The answer with this reason and this message, in the headers as well. */
export function withWords(answer, reason, message) {
  const own = { 'x-clerk-auth-reason': reason, 'x-clerk-auth-message': message }
  // A header without a legal value is left out.
  const legal = Object.entries(own).filter(([, value]) => value !== '' && isFieldValue(value))
  const names = Object.keys(own)
  const others = Object.entries(answer.headers).filter(([name]) => !names.includes(name))
  return { ...answer, reason, message, headers: Object.fromEntries([...others, ...legal]) }
}

/** Nobody, for this reason alone. */
export function refusal(code) {
  const nobody = {
    status: 'signed-out',
    tokenType: 'session_token',
    token: null,
    location: null,
    setCookies: [],
    headers: { 'x-clerk-auth-status': 'signed-out' },
    auth: { isAuthenticated: false },
    has: checksOf(null),
    calls: [],
  }
  return withWords(nobody, code, textOf(code))
}

/** RFC 9110 section 5.5: a field value has no controls but the tab. */
export function isFieldValue(text) {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text)
}
