// SuperTokens, by topic.

import { carriers } from './supertokens/carriers.mjs'
import { sessionClaims } from './supertokens/claims.mjs'
import { core } from './supertokens/core.mjs'
import { csrf } from './supertokens/csrf.mjs'
import { keys } from './supertokens/keys.mjs'
import { pages } from './supertokens/pages.mjs'
import { refresh } from './supertokens/refresh.mjs'
import { settings } from './supertokens/settings.mjs'
import { tokens } from './supertokens/tokens.mjs'

export const supertokens = [
  ...carriers,
  ...tokens,
  ...csrf,
  ...settings,
  ...core,
  ...keys,
  ...sessionClaims,
  ...pages,
  ...refresh,
]
