import * as clerk from './gate.clerk.mjs'
import * as supertokens from './gate.supertokens.mjs'

/** One worker, tested with each provider. */
export const options = (env) => (env.PROVIDER === 'supertokens' ? supertokens : clerk).options(env)
