/** As many runs as the targets ask for. */
const WANTED = 3
/** What does not vary, and what is no figure of a target. */
const ONCE = ['sizes', 'profile']

/** The beginning of the page: what the figures are. */
export function method(results) {
  const all = Object.values(results)
  const machines = [...new Set(all.map(({ machine }) => machine))].join('; ')
  const days = [...new Set(all.map(({ measured }) => measured))].sort()
  return `# Benchmarks

This page is written by \`cargo xtask bench\`; the figures are those of its last run, kept in
[benchmarks/](benchmarks/). Measured ${days.join(', ')} on ${machines}.

- **Side by side.** All contenders of a race take turns in one process: 100 turns of 20 calls each (60 of 80
  where tokens come again), after a warm-up; four untimed calls begin each turn. A figure is the median over
  the turns, its spread the tenth and the ninetieth of a hundred, a ratio the median of the ratios of the
  rounds. ${repeated(results)}
- **The same requests.** A token has 1 222 bytes, RS256 with 2 048 bits, in a Cookie header of 1 741 bytes. The
  time begins with a web \`Request\` and ends with the user's id. Each call gets a fresh \`Request\`, which is made
  outside the time. Ours runs with five routes; all but those marked *decides* only verify a token that
  somebody else has to find: the npm package \`cookie\` does that for them, inside the time.
- **Cold** means that no contender saw the token before: each is used once. **Warm** means 50 tokens that come
  again and again. **Suffixed** are the cookies that Clerk's browser library sends today, each of them twice.
- **Every answer is compared**, in the same run, with the user whom the request was made for: each token belongs
  to another one. A wrong answer ends the run.
- **workerd** stops its clock while it answers, so its figures are taken outside: the answer to a request for N
  calls less the answer to one for none that makes the same N web requests. Where less than a microsecond is
  left they are lost in the noise. There are 20 rounds of 100 calls, 600 where tokens come again. edge-runtime takes the
  host's clock.

\`\`\`sh
cargo xtask bench                                # everything, three times; writes this page
cargo xtask bench --only peers --runtime node    # a part of it, once
cargo xtask bench --quick                        # shows that everything runs and answers right; writes nothing
\`\`\`
`
}

function repeated(results) {
  const repeatable = Object.keys(results).filter((name) => !ONCE.includes(name))
  const least = Math.min(...repeatable.map((name) => results[name].runs.length))
  if (least >= WANTED)
    return `All but sizes and profile
  was measured three times; tables show the middle run.`
  return `Tables show the middle of the runs. **Some parts ran only ${
    least === 1 ? 'once' : 'twice'
  }, not three times as the targets ask: take their figures as provisional.**`
}
