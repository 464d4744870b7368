import express from 'express'
import { claimsOr, getAuth, requireAuth, sessionGate } from 'sessiongate/express'

/** Stands for a database. */
const database = new Map([
  ['user_ada', { organizationId: 'org_of_database', personId: 'person_1', role: 'member' }],
])

/** From the token if it has all that is asked for, from the database otherwise. */
const currentUser = claimsOr(({ userId }) => database.get(userId) ?? null)

const app = express()

app.use(sessionGate())

app.get('/', (_req, res) => {
  res.type('text').send('Welcome')
})

app.get('/organization', requireAuth(), async (req, res) => {
  const user = await currentUser(getAuth(req), 'organizationId', 'role')
  res.json(user)
})

app.listen(Number(process.env.PORT), '127.0.0.1')
