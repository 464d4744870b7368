// What somebody writes in TypeScript; it only has to compile.
import { Hono } from 'hono'
import { clerk, createGate } from 'sessiongate'
import { getAuth, sessionGate } from 'sessiongate/hono'

interface Bindings {
  CLERK_JWT_KEY: string
}

const app = new Hono<{ Bindings: Bindings }>()

app.use('*', sessionGate())
app.use('*', sessionGate({ gate: createGate({ provider: clerk() }) }))
app.use(
  '*',
  sessionGate((env: Bindings) => ({ provider: clerk({ jwtKey: env.CLERK_JWT_KEY }) })),
)
// @ts-expect-error no such option
app.use('*', sessionGate({ route: [] }))

app.get('/profile', (c) => {
  const { sessionClaims, userId } = getAuth<{ fullName?: string }>(c)
  const fullName: string | undefined = sessionClaims?.fullName
  // @ts-expect-error nobody may be signed in
  const certain: string = userId
  return c.json({ fullName, certain })
})
