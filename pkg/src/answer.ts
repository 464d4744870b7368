/** Adding headers to an answer, whatever it is made of. */
import type { AnswerTarget, HeaderPair, NodeAnswer } from './types.js'

/** Lists the headers that scripts of other origins may read. */
const EXPOSE = 'access-control-expose-headers'
/** Headers whose values add up. */
const LISTS = new Set([EXPOSE, 'vary'])
const SET_COOKIE = 'set-cookie'
const CACHE_CONTROL = 'cache-control'
const FRONT_TOKEN = 'front-token'
const ANTI_CSRF = 'anti-csrf'

/** What all answers can do; the names are in lower case. */
export interface Slots {
  get(name: string): string | null
  set(name: string, value: string): void
  delete(name: string): void
  cookies(): readonly string[]
  setCookies(cookies: readonly string[]): void
}

/**
 * Adds headers. A cookie takes the place of one of the same name, a list of headers grows, and
 * everything else is replaced.
 */
export function apply<T extends AnswerTarget>(target: T, headers: readonly HeaderPair[]): T {
  if (!isResponse(target)) {
    write(isNode(target) ? nodeSlots(target) : webSlots(target as Headers), headers)
    return target
  }
  const answer = changeable(target)
  write(webSlots(answer.headers), headers)
  return answer as T
}

function write(slots: Slots, headers: readonly HeaderPair[]): void {
  const isOver = headers.some(([name, value]) => name === FRONT_TOKEN && value === 'remove')
  if (isOver) slots.delete(ANTI_CSRF)
  const cookies = headers.filter(([name]) => name === SET_COOKIE).map(([, value]) => value)
  const names = new Set(cookies.map(cookieName))
  for (const [name, value] of headers) {
    // What the application itself says of caches stays.
    if (name === CACHE_CONTROL && slots.get(name) !== null) continue
    if (name !== SET_COOKIE)
      slots.set(name, LISTS.has(name) ? joined(slots.get(name), value) : value)
    else if (value === cookies[0]) {
      // All at once and where the first one stands, as servers do it.
      const others = slots.cookies().filter((cookie) => !names.has(cookieName(cookie)))
      slots.setCookies([...others, ...cookies])
    }
  }
}

/** The name of the cookie that a `Set-Cookie` sets. */
export function cookieName(cookie: string): string {
  return cookie.slice(0, cookie.indexOf('=')).trim()
}

/** One list of two, without repetitions. */
export function joined(old: string | null, added: string): string {
  const list = (text: string) => text.split(',').map((name) => name.trim())
  const names = old === null ? [] : list(old).filter((name) => name !== '')
  const known = new Set(names.map((name) => name.toLowerCase()))
  return [...names, ...list(added).filter((name) => !known.has(name.toLowerCase()))].join(', ')
}

function isResponse(target: AnswerTarget): target is Response {
  return 'headers' in target && 'clone' in target
}

function isNode(target: AnswerTarget): target is NodeAnswer {
  return 'setHeader' in target && typeof target.setHeader === 'function'
}

/** The answer, or a copy if it is one whose headers cannot be changed, as those of `fetch`. */
export function changeable(answer: Response): Response {
  try {
    const probe = 'x-sessiongate-probe'
    answer.headers.set(probe, '')
    answer.headers.delete(probe)
    return answer
  } catch {
    return new Response(answer.body, answer)
  }
}

export function webSlots(headers: Headers): Slots {
  // Older hosts cannot list cookies: there they are only added.
  const canList = typeof headers.getSetCookie === 'function'
  return {
    get: (name) => headers.get(name),
    set: (name, value) => headers.set(name, value),
    delete: (name) => headers.delete(name),
    cookies: () => (canList ? headers.getSetCookie() : []),
    setCookies: (cookies) => {
      if (canList) headers.delete(SET_COOKIE)
      for (const cookie of cookies) headers.append(SET_COOKIE, cookie)
    },
  }
}

export function nodeSlots(answer: NodeAnswer): Slots {
  const all = (name: string) => {
    const value = answer.getHeader(name)
    return value === undefined ? [] : Array.isArray(value) ? value : [String(value)]
  }
  return {
    get: (name) => (answer.getHeader(name) === undefined ? null : all(name).join(', ')),
    set: (name, value) => void answer.setHeader(name, value),
    delete: (name) => void answer.removeHeader(name),
    cookies: () => all(SET_COOKIE),
    setCookies: (cookies) => void answer.setHeader(SET_COOKIE, [...cookies]),
  }
}
