// Where we mean to differ from supertokens-node, each difference by its name.
//
// A difference says the case in other words (`restate`), so that the peer has to answer what we must
// answer, or changes an expected answer where no such words exist (`expect`; `beside` is another saying
// to which the peer's answer is needed). It goes by the facts of the case alone and not by what we do
// answer, but for the sentence of a page, which is that of our reason; where it applies, nothing else
// is accepted.

import { ANSWERS } from './differences/answers.mjs'
import { CORE } from './differences/core.mjs'
import { EXPECTED_OF_REQUESTS, REQUESTS } from './differences/requests.mjs'
import { TOKENS } from './differences/tokens.mjs'

/** In the order in which they are looked at. */
export const DIFFERENCES = [...TOKENS, ...REQUESTS, ...CORE, ...EXPECTED_OF_REQUESTS, ...ANSWERS]
