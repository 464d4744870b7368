import express from 'express'
import { getAuth, sessionGate } from 'sessiongate/express'
import { options } from './gate.mjs'

const app = express()

// Before everything that is to be protected.
app.use(sessionGate(options))

app.get('/', (_req, res) => {
  res.type('text').send('Welcome')
})

app.get('/hello', (req, res) => {
  const { sessionClaims } = getAuth(req)
  res.type('text').send(`Hello ${sessionClaims?.fullName ?? 'stranger'}`)
})

app.get('/dashboard', (req, res) => {
  const { sessionClaims } = getAuth(req)
  res.type('text').send(`Welcome ${sessionClaims.fullName}, ${sessionClaims.primaryEmail}`)
})

app.get('/admin', (_req, res) => {
  res.type('text').send('The back office')
})

app.get('/api/profile', (req, res) => {
  const { userId, sessionClaims } = getAuth(req)
  const { fullName, primaryEmail } = sessionClaims
  res.json({ userId, fullName, primaryEmail })
})

app.post('/api/echo', express.text(), (req, res) => {
  res.json({ userId: getAuth(req).userId, text: req.body })
})

// What a handler sees of the request's headers.
app.get('/api/headers', (req, res) => {
  res.json(req.headers)
})

app.listen(Number(process.env.PORT), '127.0.0.1')
