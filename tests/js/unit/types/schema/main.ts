// The claims of a gate have the type that its schema makes of them.
import { type Auth, clerk, createGate, type Gate, type StandardSchema } from 'sessiongate'
import * as v from 'valibot'
import { z } from 'zod'

const provider = clerk()

const withZod = createGate({
  provider,
  claims: z.object({ plan: z.enum(['free', 'pro']), seats: z.coerce.number() }),
})
const withValibot = createGate({
  provider,
  claims: v.object({ team: v.optional(v.string(), 'none'), tags: v.array(v.string()) }),
})
const own: StandardSchema<{ level: 1 | 2 }> = {
  '~standard': {
    version: 1,
    vendor: 'this application',
    validate: (value) => (value ? { value: { level: 1 } } : { issues: [{ message: 'no' }] }),
  },
}
const withOwn: Gate<{ level: 1 | 2 }> = createGate({ provider, claims: own })

export async function inferred(request: Request): Promise<unknown[]> {
  const { auth } = await withZod.check(request)
  const plan: 'free' | 'pro' | undefined = auth.sessionClaims?.plan
  const seats: number | undefined = auth.sessionClaims?.seats
  const sub: string | undefined = auth.sessionClaims?.sub
  // @ts-expect-error: the type is that of the output
  const text: string | undefined = auth.sessionClaims?.seats
  // @ts-expect-error: a value that the schema does not know
  const gold = auth.sessionClaims?.plan === 'gold'

  const other: Auth<{ team: string; tags: string[] }> = withValibot.checkSync(request).auth
  const team: string | undefined = other.sessionClaims?.team
  // @ts-expect-error: an array of texts
  const tags: number[] | undefined = other.sessionClaims?.tags

  const token = withZod.verifyTokenSync('a.b.c')
  const verified: 'free' | 'pro' | null = token.ok ? token.claims.plan : null
  const level: 1 | 2 | undefined = withOwn.authenticateSync(request).auth.sessionClaims?.level
  return [plan, seats, sub, text, gold, team, tags, verified, level]
}

// A type that is named must be the one that the schema makes.
createGate<{ plan: string }>({ provider, claims: z.object({ plan: z.string() }) })
// @ts-expect-error: the schema makes something else
createGate<{ plan: string }>({ provider, claims: z.object({ plan: z.number() }) })
// @ts-expect-error: a schema is no type
createGate({ provider, claims: {} as { plan: string } })
// @ts-expect-error: claims are an object
createGate({ provider, claims: z.string() })
// @ts-expect-error: a schema of another version
createGate({ provider, claims: { '~standard': { ...own['~standard'], version: 2 } } })
