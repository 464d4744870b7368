import express from 'express'
import { supertokens } from 'sessiongate'
import { sessionGate, verifySession } from 'sessiongate/express'

const app = express()

app.use(
  sessionGate({
    provider: supertokens({
      // The keys are fetched from here.
      apiDomain: process.env.SUPERTOKENS_API_DOMAIN,
      websiteDomain: process.env.APP_ORIGIN,
      cookieSameSite: 'lax',
      // For what changes a session. Reading one asks nobody.
      connectionURI: process.env.SUPERTOKENS_CONNECTION_URI,
    }),
  }),
)

app.get('/', (_req, res) => {
  res.type('text').send('Welcome')
})

app.get('/me', verifySession(), (req, res) => {
  const { session } = req
  res.json({ userId: session.getUserId(), claims: session.getAccessTokenPayload() })
})

app.post('/updateinfo', verifySession(), async (req, res) => {
  await req.session.mergeIntoAccessTokenPayload({ newKey: 'newValue' })
  res.json({ message: 'successfully updated access token payload' })
})

app.listen(Number(process.env.PORT), '127.0.0.1')
