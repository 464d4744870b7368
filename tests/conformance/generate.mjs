// Writes `decisions.json`: requests and the decisions that they must get.
//
//   node tests/conformance/generate.mjs            writes the file
//   node tests/conformance/generate.mjs --check    fails when the file is not what would be written

import { readFileSync, writeFileSync } from 'node:fs'
import { documents } from './cases/documents.mjs'
import { handshakes } from './cases/handshakes.mjs'
import { keys } from './cases/keys.mjs'
import { oidcTokens } from './cases/oidc.mjs'
import { organizations } from './cases/organizations.mjs'
import { requests } from './cases/requests.mjs'
import { routes } from './cases/routes.mjs'
import { sessions } from './cases/sessions.mjs'
import { supertokens } from './cases/supertokens.mjs'
import { times } from './cases/times.mjs'
import { tokens } from './cases/tokens.mjs'

const file = new URL('decisions.json', import.meta.url)
const cases = [
  ...requests,
  ...sessions,
  ...handshakes,
  ...routes,
  ...organizations,
  ...documents,
  ...times,
  ...tokens,
  ...keys,
  ...oidcTokens,
  ...supertokens,
]

const names = new Set()
for (const { name } of cases) {
  if (names.has(name)) throw new Error(`Two cases are called ${JSON.stringify(name)}.`)
  names.add(name)
}

const text = `[\n${cases.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    console.error('tests/conformance/decisions.json is not up to date: run generate.mjs.')
    process.exit(1)
  }
} else {
  writeFileSync(file, text)
}
console.log(`${cases.length} decisions`)
