// What somebody writes in TypeScript; it only has to compile.
import Fastify from 'fastify'
import { clerk, createGate } from 'sessiongate'
import { getAuth, sessionGate } from 'sessiongate/fastify'

const fastify = Fastify()

await fastify.register(sessionGate())
await fastify.register(sessionGate({ gate: createGate({ provider: clerk() }) }))
// @ts-expect-error no such option
await fastify.register(sessionGate({ route: [] }))

fastify.get('/profile', async (request) => {
  const { sessionClaims, userId } = getAuth<{ fullName?: string }>(request)
  const fullName: string | undefined = sessionClaims?.fullName
  // @ts-expect-error nobody may be signed in
  const certain: string = userId
  return { fullName, certain }
})
