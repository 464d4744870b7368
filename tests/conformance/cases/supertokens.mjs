// SuperTokens, by topic.

import { carriers } from './supertokens/carriers.mjs'
import { core } from './supertokens/core.mjs'
import { csrf } from './supertokens/csrf.mjs'
import { tokens } from './supertokens/tokens.mjs'

export const supertokens = [...carriers, ...tokens, ...csrf, ...core]
