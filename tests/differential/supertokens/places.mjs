// How answers and failures are told apart in what a run prints.

/** Where a request ended up, by the answer. */
export function placeOf({ throws, verdict, status }) {
  return throws ? `throws: ${throws.split('\n')[0].slice(0, 70)}` : `${verdict} ${status}`
}

/** Where these differ, everything else is but a consequence. */
const DECISIVE = ['throws', 'verdict', 'status']

/** Mismatches that look alike, so that each kind is shown once. */
export function kindOf(mismatches, peer, ours) {
  const fields = mismatches.map(({ field }) => field)
  const places = (outcomes) => outcomes.map(placeOf).join(', ')
  const decisive = fields.filter((field) => DECISIVE.includes(field.replace(/^\d+\./, '')))
  const shown = decisive.length > 0 ? decisive : fields
  const codes = ours.map(({ detail, code }) => detail ?? code ?? '-').join(', ')
  return `peer ${places(peer)} | ours ${places(ours)} (${codes}) | ${[...new Set(shown)].join(', ')}`
}
