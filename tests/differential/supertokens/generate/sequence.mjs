// Several requests of one visitor to one process: what one side remembers of the first must not show in
// the second.

import { jwkOf, plainKeySet } from '../keys.mjs'
import { accessToken } from './token.mjs'

/** The same request again, earlier, when something may have been otherwise. */
export function earlierRequests(draft) {
  const { random } = draft
  const count = random.int(1, 2)
  for (let number = 1; number <= count; number++) {
    const now = draft.now - number * random.pick([0, 1, 1000, 60_000, 1_800_000, 7_200_000])
    draft.others.push(draft.request({ now, ...random.weighted(CHANGES)(draft) }))
  }
}

const CHANGES = [
  [4, () => ({})],
  [2, ({ random }) => ({ method: random.pick(['GET', 'POST']) })],
  [2, (draft) => ({ headers: [['authorization', `Bearer ${accessToken(draft, 'good')}`]] })],
  [1, (draft) => ({ core: { ...draft.core, jwks: { body: { keys: [jwkOf('foreign')] } } } })],
  [1, (draft) => ({ core: { ...draft.core, jwks: { status: 500, body: '' } } })],
  [1, (draft) => ({ core: { ...draft.core, jwks: { body: plainKeySet() } } })],
  [1, () => ({ headers: [] })],
]
