// What somebody writes in TypeScript; it only has to compile.
import { clerk } from 'sessiongate'
import { getAuth, withGate } from 'sessiongate/cloudflare'

interface Env {
  CLERK_JWT_KEY: string
}

export default withGate(
  {
    async fetch(request, env, context) {
      context.waitUntil(Promise.resolve(env.CLERK_JWT_KEY))
      const { sessionClaims } = getAuth<{ fullName?: string }>(request)
      const fullName: string | undefined = sessionClaims?.fullName
      // @ts-expect-error no such binding
      return Response.json({ fullName, other: env.CLERK_JWT })
    },
    async scheduled(controller) {
      console.log(controller.cron)
    },
  } satisfies ExportedHandler<Env>,
  (env: Env) => ({ provider: clerk({ jwtKey: env.CLERK_JWT_KEY }) }),
)

// @ts-expect-error no such option
export const wrong = withGate(() => new Response(), { route: [] })
