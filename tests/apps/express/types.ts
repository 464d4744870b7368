// What somebody writes in TypeScript; it only has to compile.
import express, { type Request } from 'express'
import { clerk, createGate } from 'sessiongate'
import {
  claimsOr,
  getAuth,
  requireAuth,
  sessionGate,
  verifySession,
  type WithAuth,
  type WithSession,
} from 'sessiongate/express'

interface Claims {
  fullName?: string
  primaryEmail?: string
}

const app = express()
const gate = createGate<Claims>({ provider: clerk() })

app.use(sessionGate())
app.use(sessionGate({ gate }))
app.use(sessionGate({ routes: [{ path: '/(.*)', access: 'signed-in' }] }))
// @ts-expect-error a gate has its options already
app.use(sessionGate({ gate, routes: [] }))
// @ts-expect-error no such option
app.use(sessionGate({ route: [] }))

app.get('/profile', requireAuth({ role: 'org:admin' }), (req, res) => {
  const { sessionClaims, userId } = getAuth<Claims>(req)
  const fullName: string | undefined = sessionClaims?.fullName
  // @ts-expect-error nobody may be signed in
  const certain: string = userId
  res.json({ fullName, certain })
})

app.get('/function', (req: Request & Partial<WithAuth<Claims>>, res) => {
  res.json(req.auth?.().sessionClaims?.primaryEmail)
})

app.post('/session', verifySession({ checkDatabase: true }), (req: Request & WithSession, res) => {
  const handle: string | undefined = req.session?.getHandle()
  void req.session?.mergeIntoAccessTokenPayload({ newKey: 'newValue' })
  res.json({ handle })
})
// @ts-expect-error no such option
app.use(verifySession({ checkDb: true }))

interface User {
  organizationId: string
  role: 'owner' | 'member'
}
const user = claimsOr<User>(async ({ userId }) => ({ organizationId: userId, role: 'owner' }))
app.get('/user', async (req, res) => {
  const found = await user(getAuth(req), 'role')
  const role: 'owner' | 'member' | undefined = found?.role
  // @ts-expect-error was not asked for
  res.json({ role, organizationId: found?.organizationId })
  // @ts-expect-error no such claim
  await user(getAuth(req), 'name')
})
