/**
 * Real signed tokens and cookies for tests, with keys made on the spot, and a clock that stands still.
 * No network, no mocks; runs wherever WebCrypto is.
 */
export { type TestClock, testClock } from './clock.js'
export { testIssuer } from './issuer.js'
export type { TestAlgorithm } from './keys.js'
export type { Tampering } from './token.js'
export type * from './types.js'
