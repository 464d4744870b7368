// What a run has to tell: what was covered, which differences were needed, and what does not fit.

/** Counts how often each key occurs. */
export class Tally {
  #counts = new Map()

  add(key, number = 1) {
    this.#counts.set(key, this.count(key) + number)
  }

  count(key) {
    return this.#counts.get(key) ?? 0
  }

  /** Most frequent first. */
  get rows() {
    return [...this.#counts].sort(([, a], [, b]) => b - a)
  }
}

/** Where a case ended up, by the peer's answer. */
export function placeOf({ throws, status, reason }) {
  if (throws) return `throws: ${throws.split('\n')[0].slice(0, 70)}`
  return reason ? `${status}: ${reason.replace(/\s+/g, ' ')}` : status
}

/** Where these differ, everything else is but a consequence. */
const DECISIVE = ['throws', 'status', 'reason', 'tokenType', 'token']

/** Mismatches that look alike, so that each kind is shown once. */
export function kindOf(mismatches, peer, ours) {
  const fields = mismatches.map(({ field }) => field)
  const decisive = fields.filter((field) => DECISIVE.includes(field))
  // Which of the questions to `has` differ matters less than that some do.
  const shown =
    decisive.length > 0 ? decisive : fields.map((field) => field.replace(/^has\..*/, 'has'))
  return `peer ${placeOf(peer)} | ours ${placeOf(ours)} | ${[...new Set(shown)].join(', ')}`
}

export function printTally(title, tally) {
  console.log(`\n${title}`)
  for (const [key, count] of tally.rows) console.log(`${String(count).padStart(8)}  ${key}`)
}

/** Everything that is needed to run a case again and to understand it; `lines` explain the case. */
export function printFailure({ kind, count, testCase, mismatches, lines }) {
  console.log(`\n${count} x ${kind}`)
  for (const { field, peer, ours } of mismatches) {
    console.log(`  ${field}\n    peer ${short(peer)}\n    ours ${short(ours)}`)
  }
  for (const line of lines) console.log(`  ${line}`)
  console.log(`  case ${JSON.stringify(testCase)}`)
}

/** A value as JSON, cut where it gets too long to read. */
export function short(value) {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 900 ? `${text.slice(0, 900)}…` : text
}
