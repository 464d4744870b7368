// SuperTokens, by topic.

import { addressCases } from './supertokens/addresses.mjs'
import { carriers } from './supertokens/carriers.mjs'
import { claimPages } from './supertokens/claim-pages.mjs'
import { sessionClaims } from './supertokens/claims.mjs'
import { cookieCases } from './supertokens/cookies.mjs'
import { core } from './supertokens/core.mjs'
import { csrf } from './supertokens/csrf.mjs'
import { headers } from './supertokens/headers.mjs'
import { keys } from './supertokens/keys.mjs'
import { legacyTokens } from './supertokens/legacy.mjs'
import { pages } from './supertokens/pages.mjs'
import { refresh } from './supertokens/refresh.mjs'
import { settings } from './supertokens/settings.mjs'
import { malformedHeaders, texts } from './supertokens/texts.mjs'
import { tokens } from './supertokens/tokens.mjs'

export const supertokens = [
  ...carriers,
  ...cookieCases,
  ...tokens,
  ...headers,
  ...texts,
  ...malformedHeaders,
  ...legacyTokens,
  ...keys,
  ...csrf,
  ...settings,
  ...addressCases,
  ...core,
  ...sessionClaims,
  ...claimPages,
  ...pages,
  ...refresh,
]
