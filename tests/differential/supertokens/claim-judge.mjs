// What we must answer to a case: what the peer answers, unless a listed difference says otherwise.

import { askPeer, keyOf } from './claim-calls.mjs'
import { DIFFERENCES, factsOf, refusedOption } from './claim-differences.mjs'

/** The name of the difference about validators that cannot be meant. */
export const REFUSED = { name: 'validator-that-nobody-can-mean' }

/**
 * `{ text, names }`, the exact JSON text and the differences that it took; or `{ option, names }`
 * when the validators have to be refused because of that option.
 */
export async function expected({ now, calls, payload: text }) {
  const index = calls.findIndex((call) => refusedOption(call) !== undefined)
  if (index >= 0) return { option: refusedOption(calls[index]), index, names: [REFUSED.name] }
  const payload = JSON.parse(text)
  const [errors, refetch, names] = [[], [], []]
  for (const call of calls) {
    const peer = await askPeer(call, payload, now)
    const { name, error } = await meant(factsOf(call, payload, now), peer)
    if (name !== undefined) names.push(name)
    if (peer.refetch) refetch.push(peer.id)
    if (error !== undefined) errors.push(error)
  }
  return { text: JSON.stringify({ errors, refetch }), names }
}

/** Whether an answer of ours, `{ text, border }` or `{ refused }`, is exactly what it must be. */
export function isRight({ text, option, index }, answer) {
  if (option === undefined) return answer.text === text && answer.border === text
  // By the factory, or by the core that reads the list.
  return [option, `validators[${index}].${option}`].includes(answer.refused)
}

/** Our error about one validator, with the name of the difference if it is not the peer's. */
async function meant(facts, { id, error, throws }) {
  for (const { name, answer } of DIFFERENCES) {
    const reason = await answer(facts)
    if (reason === undefined) continue
    const ours = reason === null ? { id } : { id, reason }
    const isSame = throws === undefined && JSON.stringify(ours) === JSON.stringify(error)
    return { name: isSame ? undefined : name, error: ours }
  }
  if (throws !== undefined) throw new Error(`the peer throws: ${throws} (${keyOf(facts.call)})`)
  return { error }
}
