// The package that is looked at: said by SESSIONGATE_PACKAGE, else the one of this tree.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const folder =
  process.env.SESSIONGATE_PACKAGE ?? fileURLToPath(new URL('../../../../pkg/', import.meta.url))
const entry = join(folder, 'dist/entry/inline.js')
if (!existsSync(entry)) throw new Error(`${entry} is missing: run \`npm run build\` in pkg first.`)

export const {
  createGate,
  supertokens,
  EmailVerificationClaim,
  MultiFactorAuthClaim,
  UserRoleClaim,
} = await import(pathToFileURL(entry).href)
