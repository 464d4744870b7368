// Verdicts as texts that can be compared across runtimes.

/** The verdict of one gate on each token. */
export function verdictsOf(api, { options, now, tokens }) {
  const gate = api.createGate({ ...options, clock: () => now })
  return tokens.map((token) => canonical(gate.verifyTokenSync(token)))
}

/** What counts of a verdict, in a fixed order; claims in the order of the token. */
export function canonical({ ok, reason = null, detail = null, header = null, claims = null }) {
  return JSON.stringify({ ok, reason, detail, header, claims })
}
