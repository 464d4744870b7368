/** Express 5, and whatever else has middleware of this form on Node's `http`. */
import type {
  Auth,
  Gate,
  NodeAnswer,
  NodeRequest,
  ProtectOptions,
  SessionOptions,
  Sessions,
} from 'sessiongate'
import { enterNode, type NodeResponse, send } from './node.js'
import { type AdapterOptions, type GateSettings, gateOf } from './options.js'
import { sessionsOf, type VerifiedSession, verifiedSession } from './verified-session.js'
import { authOf, recall, type Visit, visitOf } from './visit.js'

export { type ClaimsReader, claimsOr } from 'sessiongate'
export type { AdapterOptions, GateSettings, GivenGate } from './options.js'
export { SessionRefusedError, type VerifiedSession } from './verified-session.js'

/** A middleware of Express. */
export type ExpressMiddleware = (
  request: NodeRequest,
  response: NodeResponse,
  next: (error?: unknown) => void,
) => Promise<void>

/** The options of {@link sessionGate}. */
export type ExpressOptions<C extends object = object> = AdapterOptions<C> & {
  /** For `req.session` of {@link verifySession}; made of the provider unless given. */
  readonly sessions?: Sessions | undefined
}

/** What {@link sessionGate} adds to a request. */
export interface WithAuth<C extends object = object> {
  auth: () => Auth<C>
}

/** What {@link verifySession} adds to a request. */
export interface WithSession {
  /** Not there where no session is required and none came. */
  session?: VerifiedSession | undefined
}

/**
 * Decides about every request by the routes, and says who sent it: `getAuth(req)`, `req.auth()`.
 * Stands before all that has to be protected.
 *
 * @throws {ConfigError} at once when an option is wrong.
 */
export function sessionGate<C extends object = object>(
  options: ExpressOptions<C> = {},
): ExpressMiddleware {
  const { sessions, ...rest } = options
  const gate = gateOf<C>(rest as AdapterOptions<C>)
  const origin: Origin = { sessions: () => sessions ?? sessionsOf(rest as GateSettings<C>) }
  return passing(async (request, response) => {
    // Once is enough for a request, on whatever router the middleware stands.
    if (recall(request) !== null) return true
    const refusal = await enterNode(gate, request, response, { origin })
    if (refusal !== null) return sent(response, refusal)
    const withAuth = request as NodeRequest & WithAuth<C>
    withAuth.auth = () => getAuth<C>(request)
    return true
  })
}

/**
 * Who sent the request.
 *
 * @throws when {@link sessionGate} has not seen the request.
 */
export function getAuth<C extends object = object>(request: object, options?: undefined): Auth<C> {
  return authOf<C>(request, NEEDED, options)
}

/**
 * Lets in who is signed in and has what is asked for. Unless told otherwise the visitors of pages are
 * sent to sign in, and everybody else gets 401, or 403 if something is missing.
 */
export function requireAuth(options: ProtectOptions = {}): ExpressMiddleware {
  const asked: ProtectOptions = { onDenied: 'auto', unauthorizedStatus: 403, ...options }
  return passing((request, response) => isLetIn(request, response, asked))
}

/**
 * Requires a session, as the function of this name in `supertokens-node`, and puts it into
 * `req.session`. Scripts get the answers of that kit; the visitors of pages are sent to a refresh, to
 * sign in, or to the screen that mends a claim.
 */
export function verifySession(options: SessionOptions = {}): ExpressMiddleware {
  const asked: ProtectOptions = { onDenied: 'auto', unauthorizedStatus: 403, session: options }
  return passing(async (request, response) => {
    if (!(await isLetIn(request, response, asked, verified))) return false
    return true
  })

  function verified(
    request: NodeRequest,
    response: NodeResponse,
    visit: Visit<object>,
    auth: Auth,
  ): void {
    const { sessions } = visit.origin as Origin
    const withSession = request as NodeRequest & WithSession
    withSession.session = verifiedSession(auth, sessions, { request, response, options })
  }
}

interface Origin {
  readonly sessions: () => Sessions
}

type LetIn = (
  request: NodeRequest,
  response: NodeResponse,
  visit: Visit<object>,
  auth: Auth,
) => void

/** Asks the gate by one rule more; sends its answer to whom it turns away. */
async function isLetIn(
  request: NodeRequest,
  response: NodeResponse,
  asked: ProtectOptions,
  then?: LetIn,
): Promise<boolean> {
  const visit = visitOf<object>(request, NEEDED)
  visit.keepPrivate()
  const decision = await (visit.gate as Gate<object>).protect(request, asked)
  const refusal = decision.toResponse()
  if (refusal !== null) return sent(response, refusal)
  then?.(request, response, visit, decision.auth)
  return true
}

/** A middleware that goes on if `step` says so; errors are for those who handle them. */
function passing(
  step: (request: NodeRequest, response: NodeResponse) => Promise<boolean>,
): ExpressMiddleware {
  return async (request, response, next) => {
    let goesOn: boolean
    try {
      goesOn = await step(request, response)
    } catch (error) {
      next(error)
      return
    }
    if (goesOn) next()
  }
}

async function sent(response: NodeResponse & NodeAnswer, refusal: Response): Promise<false> {
  await send(response, refusal)
  return false
}

const NEEDED = '`sessionGate()`'
