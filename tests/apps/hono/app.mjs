import { Hono } from 'hono'
import { getAuth, sessionGate } from 'sessiongate/hono'
import { options } from './gate.mjs'

const app = new Hono()

// Before everything that is to be protected.
app.use('*', sessionGate(options))

app.get('/', (c) => c.text('Welcome'))

app.get('/hello', (c) => {
  const { sessionClaims } = getAuth(c)
  return c.text(`Hello ${sessionClaims?.fullName ?? 'stranger'}`)
})

app.get('/dashboard', (c) => {
  const { sessionClaims } = getAuth(c)
  return c.text(`Welcome ${sessionClaims.fullName}, ${sessionClaims.primaryEmail}`)
})

app.get('/admin', (c) => c.text('The back office'))

app.get('/api/profile', (c) => {
  const { userId, sessionClaims } = getAuth(c)
  const { fullName, primaryEmail } = sessionClaims
  return c.json({ userId, fullName, primaryEmail })
})

app.post('/api/echo', async (c) => {
  return c.json({ userId: getAuth(c).userId, text: await c.req.text() })
})

// What a handler sees of the request's headers.
app.get('/api/headers', (c) => c.json(c.req.header()))

export default app
