// What only we have: how a host hands requests on, keys given up front, and a gate that is not alone.

/** The form in which the request comes; a web Request cannot have every method. */
export function requestForm(draft) {
  const form = draft.random.pick(['web', 'web', 'plain'])
  draft.ours.form = form === 'web' && draft.method === 'TRACE' ? 'plain' : form
}

/** Keys that need no network, where the core has just these. */
export function givenKeys(draft) {
  const isPlain = [draft, ...draft.others].every(({ core }) => core.jwks === undefined)
  if (isPlain && draft.hosts.includes('up')) draft.ours.hasKeys = true
}

/** A gate without a core, a backend behind it that verifies sessions as well, or both. */
export function notAlone(draft) {
  const { random, ours, session } = draft
  if (random.chance(0.7)) ours.originVerifies = true
  if (random.chance(0.7)) ours.isCoreless = true
  // Nobody could check; that is an error of its own.
  if (ours.isCoreless && !ours.originVerifies && random.chance(0.95)) delete session.checkDatabase
}

/** The session functions in place of the gate. */
export function sessionFunctions(draft) {
  if (!draft.ours.isCoreless) draft.ours.viaSessions = true
}
