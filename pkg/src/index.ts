/** The public names, one list for every entry point. */
export {
  clerk,
  createGate,
  createRouteMatcher,
  createSessions,
  decodeToken,
  oidc,
  ready,
  supertokens,
  validateClaims,
  verifyJws,
  verifySignature,
} from './api.js'
export {
  AllowedDomainsClaim,
  BooleanClaim,
  EmailVerificationClaim,
  MultiFactorAuthClaim,
  PermissionClaim,
  PrimitiveArrayClaim,
  PrimitiveClaim,
  type SessionClaim,
  UserRoleClaim,
} from './claims.js'
export { type ClaimsReader, claimsOr } from './claims-or.js'
export { ConfigError, CoreError, NeedError, NotReadyError, RequestError } from './errors.js'
export type { Reason } from './reason.js'
export type * from './types.js'
