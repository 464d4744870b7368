// The adapters without the frameworks' own types.
import { type ClaimsReader, claimsOr, clerk, createGate } from 'sessiongate'
import { withGate as onBun } from 'sessiongate/bun'
import { withGate as onCloudflare } from 'sessiongate/cloudflare'
import { getAuth, withGate } from 'sessiongate/deno'
import { sessionGate as express, verifySession } from 'sessiongate/express'
import { sessionGate as fastify } from 'sessiongate/fastify'
import { sessionGate as hono } from 'sessiongate/hono'

const gate = createGate({ provider: clerk() })

export const middleware = [express({ gate }), verifySession(), hono({ gate }), fastify({ gate })]

export const handler: (request: Request) => Promise<Response> = withGate(
  async (request: Request) => Response.json(getAuth(request).userId),
  { gate },
)

export const server: { port: number; fetch(request: Request): Response } = onBun({
  port: 3000,
  fetch: (request: Request) => new Response(request.url),
})

export const worker = onCloudflare(
  { fetch: (_request: Request, env: { KEY: string }) => new Response(env.KEY) },
  (env: { KEY: string }) => ({ provider: clerk({ jwtKey: env.KEY }) }),
)

export const reader: ClaimsReader<{ role: string }> = claimsOr(async () => ({ role: 'owner' }))
