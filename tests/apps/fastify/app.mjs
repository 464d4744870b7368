import Fastify from 'fastify'
import { getAuth, sessionGate } from 'sessiongate/fastify'
import { options } from './gate.mjs'

const fastify = Fastify()

// For the whole server, before the routes.
await fastify.register(sessionGate(options))

fastify.get('/', async () => 'Welcome')

fastify.get('/hello', async (request) => {
  const { sessionClaims } = getAuth(request)
  return `Hello ${sessionClaims?.fullName ?? 'stranger'}`
})

fastify.get('/dashboard', async (request) => {
  const { sessionClaims } = getAuth(request)
  return `Welcome ${sessionClaims.fullName}, ${sessionClaims.primaryEmail}`
})

fastify.get('/admin', async () => 'The back office')

fastify.get('/api/profile', async (request) => {
  const { userId, sessionClaims } = getAuth(request)
  const { fullName, primaryEmail } = sessionClaims
  return { userId, fullName, primaryEmail }
})

fastify.post('/api/echo', async (request) => {
  return { userId: getAuth(request).userId, text: request.body }
})

// What a handler sees of the request's headers.
fastify.get('/api/headers', async (request) => request.headers)

await fastify.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
