import { digits } from '../lib/table.mjs'
import { middleOf, TARGETS } from '../targets.mjs'

/**
 * What stands in the way of a target, and what was tried: for those whose work begins so. The figures
 * that are not of this page's measurements were taken once, with the module as it was before or after
 * one change, in turns.
 */
const OBSTACLES = [
  {
    works: [
      'full decision, every token new (cold), Node',
      'cold, Bun',
      'cold, Deno',
      'cold, workerd',
    ],
    title: 'New tokens',
    text: `A new token costs what a signature costs, and beside it what a decision costs for the first time: the
token taken apart and its JSON read strictly, the claims looked at, the identity written for JavaScript, kept in
the cache, and in time collected again. The peers at the top of the list do the first and nothing of the rest;
"Where the time goes" has it function by function. *cache off* in the race shows what keeping a token costs.

Tried, and kept: claims and token cross the border as one text that is parsed when somebody reads them (the
profile's time in JavaScript went from about 0.52 to 0.47 of the time of the signature, collection from 0.25 to
0.19); the header of the last good token is known again; names of members take no memory of their own; numbers are written without
the formatting machinery; short objects are searched for doubles without sorting. Together, in turns on one machine: 47.2 instead of
58.1 µs for a new Clerk token; no difference for SuperTokens, 60.2 and 60.7. Later that text got memory that is used
again, and \`Buffer\` reads it; on another day, in turns: 33.6 instead of 34.2 µs, of which 19 are the signature in
\`node:crypto\`, 3.4 what a token seen before costs, 2.5 keeping it and 2 the identity that is read.

Tried, and not kept: the core built for size, a quarter slower (\`s\`) to twice as slow (\`z\`); \`opt-level=2\`, as
fast as 3; claims whose texts are parts of the payload instead of allocations, which took 34.9 instead of 34.5 µs, and
3.76 instead of 3.47 for a token seen before, because each name that is compared has to be looked up first.

In Deno the signature is the module's own, 23 µs of RS256 alone, and the best peer needs about 135 with Deno's
slow \`node:crypto\`: four times as fast would leave 11 µs for everything else. In workerd the signature of the
host, 13 µs, is the same for all, and \`jose\` adds no more than 10 to it. WebCrypto was tried there and is slower
in a whole decision (docs/engines.md).`,
  },
  {
    works: [
      'full decision, tokens seen before (warm), Node',
      'SuperTokens verification, Node',
      'warm, workerd',
      'warm, Bun',
    ],
    title: 'Tokens seen before',
    text: `Nobody who reads a web request is faster than its \`headers.get\`: *cookie parsing alone* is what the peers
pay for that, and a decision reads six headers more, the method and the URL, because its rules depend on them.
What the module then does costs about as much as the reading. \`fast-jwt\` with its cache decides nothing, and
with an identity key it does not even hash the token.

In workerd *cookie parsing alone*, which reads one header, takes 1.9 µs. 15 times as fast as \`jose\` would be 2.6 µs,
and 150 times as fast as Clerk 2.5: that leaves 0.7 and 0.6 µs for six headers more, the method, the URL and the
decision.

Tried, and kept: a gate reads only headers on which its decisions have depended; cookies cross the border apart from
the text; answers that many visitors get have a number; nothing of a state is made before it is looked at. Who a kept
token is of is kept with it, its text is shared and not copied, and keys are compared by words: a decision needs 4
allocations instead of 19, and 3.40 instead of 4.50 µs (in turns; a Clerk token in Node).`,
  },
  {
    works: ['wasm file, KB after gzip'],
    title: 'Size',
    text: `The budget was made for verifying signatures. The two modules that do no more have 37 KB (\`ring\`) and
about 35 KB (kernels); what a gate decides is the rest. Of the default module's 940 KB before compression the
core and its border have about 207, SuperTokens with the session functions 175, the standard library and the
allocator 141, texts and tables 92, routes and their patterns 57, \`ring\` 50, Clerk 48, JSON 41, keys 31, options
28, the kernels 26.

Tried: the core with \`opt-level\` 2, \`s\` and \`z\` (after gzip 368, 339 and 311 KB instead of 375; \`s\` a quarter
slower with tokens seen before, \`z\` twice), \`wasm-opt -Oz\` (1 KB). All with \`z\`, \`ring\` and the kernels as
well: 301 KB. Less inlining (LLVM's threshold 25, 60 and 120): 352, 356 and 369 KB instead of 392, but tokens seen
before take 5.29, 5.12 and 5.02 instead of 4.73 µs. Another allocator (talc), kept: 2.5 KB less. The slim build
without SuperTokens is a quarter smaller than with it (259 instead of 342 KB when it was tried); with
\`s\` it would have 234 KB, but take 4.33 instead of 3.41 µs with tokens seen before, and with \`z\` 218 KB. To come near 75 KB, Clerk's cookies, handshakes and organisation
patterns would have to be left out as well, which is what the package is for.`,
  },
  {
    works: ['first verified decision, fresh Node process'],
    title: 'The first decision',
    text: `The engine compiles 940 KB of WebAssembly. One process on a busy machine, in ms: reading the JavaScript
with the module in base64 11, decoding that 1.3, \`new WebAssembly.Module\` 13, starting it 1, the first gate 10,
the first decision 12. A second gate takes 0.3 and a second decision 0.5: the first ones pay for functions that
V8 compiles when they are called first, some of them of 20 to 45 KB. \`jose\` is 24 KB of JavaScript and has its
signatures from the host.

Tried: \`Buffer\` instead of \`atob\`; compiling everything at once (\`--no-wasm-lazy-compilation\`) takes 164 ms
instead of 13; the module compressed inside the JavaScript, with deflate and with brotli, 43.6 and 43.2 ms instead of
42.6 from the import to the decision, though it holds 1.0 and 1.25 MB less; less inlining (see "Size"), 40.6
instead of 44.4 ms. What would help is a smaller module, and its bytes in a file of their own; they
travel in base64 so that no bundler can lose them.`,
  },
  {
    works: ['MB held with 1 000 cached tokens'],
    title: 'Memory',
    text: `A kept token is its text, its claims as text and as a tree and the identity read from them in the module, and
one text of all for JavaScript, about 7.3 KB for one of 1 222 bytes. The rest is the module itself and its base64, which V8 keeps as
the source of its script.`,
  },
  {
    works: ['cookies', '100 000 cached tokens', '1 000 keys', '1 000 routes'],
    title: 'Growth',
    text: `With more tokens than the caches of the processor hold, each request waits for memory: for the place in
the table, the kept text that is compared as a whole, the claims and the state in JavaScript. 100 000 tokens of
1 222 bytes take up about 700 MB, which V8's collector looks through again and again, even when 50 of them are
used. The default is 1 000 tokens.`,
  },
]

/** For each missed target what stands in its way. */
export function obstacles(results) {
  const missed = TARGETS.filter(({ values, isReached }) => {
    const all = values(results)
    return all.length === 0 || !isReached(middleOf(all))
  })
  const isAbout = ({ works }) =>
    missed.some(({ work }) => works.some((one) => work.startsWith(one)))
  const sections = OBSTACLES.filter(isAbout).map(({ title, text }) => `### ${title}\n\n${text}\n`)
  const without = missed.filter(
    ({ work }) => !OBSTACLES.some(({ works }) => works.some((one) => work.startsWith(one))),
  )
  if (without.length > 0)
    throw new Error(`Nothing is said about: ${digits(without.length)} targets`)
  return sections.length === 0 ? '' : `## What stands in the way\n\n${sections.join('\n')}`
}
