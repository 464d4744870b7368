/** Fastify. */
import type { Auth, NodeAnswer, NodeRequest } from 'sessiongate'
import { enterNode, headersOf } from './node.js'
import { type AdapterOptions, gateOf } from './options.js'
import { authOf } from './visit.js'

export { type ClaimsReader, claimsOr } from 'sessiongate'
export type { AdapterOptions, GateSettings, GivenGate } from './options.js'

/** What of Fastify's request is used. */
export interface FastifyRequest {
  readonly raw: NodeRequest
}

/** What of Fastify's reply is used. */
export interface FastifyReply {
  readonly raw: NodeAnswer
  code(status: number): unknown
  header(name: string, value: string | string[]): unknown
  send(body?: string): unknown
}

/** What of a Fastify server is used. */
export interface FastifyInstance {
  addHook(name: 'onRequest', hook: FastifyHook): unknown
}

type FastifyHook = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** A plugin of Fastify. */
export type FastifyPlugin = (instance: FastifyInstance) => Promise<void>

/**
 * A plugin that decides about every request by the routes, and says who sent it:
 * `fastify.register(sessionGate(options))`, then `getAuth(request)`. It counts for the whole server
 * on which it is registered, as if it were wrapped in `fastify-plugin`.
 *
 * @throws {ConfigError} at once when an option is wrong.
 */
export function sessionGate<C extends object = object>(options?: AdapterOptions<C>): FastifyPlugin {
  const gate = gateOf<C>(options)
  const hook: FastifyHook = async (request, reply) => {
    const refusal = await enterNode(gate, request.raw, reply.raw, { target: request })
    if (refusal === null) return undefined
    const body = await refusal.text()
    reply.code(refusal.status)
    for (const [name, value] of headersOf(refusal)) reply.header(name, value)
    reply.send(body === '' ? undefined : body)
    return reply
  }
  return Object.assign(
    async (instance: FastifyInstance) => {
      instance.addHook('onRequest', hook)
    },
    {
      // https://fastify.dev/docs/latest/Reference/Plugins/: hooks are not to end with the plugin.
      [Symbol.for('skip-override')]: true,
      [Symbol.for('fastify.display-name')]: 'sessiongate',
    },
  )
}

/**
 * Who sent the request.
 *
 * @throws when the plugin has not seen the request.
 */
export function getAuth<C extends object = object>(request: object, options?: undefined): Auth<C> {
  return authOf<C>(request, '`fastify.register(sessionGate())`', options)
}
