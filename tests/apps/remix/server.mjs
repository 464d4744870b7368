import { createRequestHandler } from '@remix-run/express'
import express from 'express'
import { getLoadContext, sessionGate } from 'sessiongate/remix'
import * as build from './build/server/index.js'
import { options } from './gate.mjs'

const app = express()

app.use('/assets', express.static('build/client/assets', { immutable: true, maxAge: '1y' }))
// Before everything that is to be protected.
app.use(sessionGate(options))
app.all('*', createRequestHandler({ build, getLoadContext }))

app.listen(Number(process.env.PORT), '127.0.0.1')
