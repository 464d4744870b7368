import * as clerk from './gate.clerk.mjs'
import * as supertokens from './gate.supertokens.mjs'

/** One application, tested with each provider. */
export const { options } = process.env.PROVIDER === 'supertokens' ? supertokens : clerk
