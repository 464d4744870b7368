/** The public types: what goes in and what comes out. */
export type * from './types/claims.js'
export type * from './types/decision.js'
export type * from './types/key.js'
export type * from './types/options.js'
export type * from './types/provider.js'
export type * from './types/request.js'
export type * from './types/sessions.js'
export type * from './types/token.js'
