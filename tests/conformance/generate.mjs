// Writes `decisions.json`, requests and the decisions that they must get, and
// `claim-validators.json`, session claims and what validators must say of them.
//
//   node tests/conformance/generate.mjs            writes the files
//   node tests/conformance/generate.mjs --check    fails when one is not what would be written

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
import { email } from './claims/email.mjs'
import { factors } from './claims/factors.mjs'
import { strict } from './claims/strict.mjs'
import { values } from './claims/values.mjs'

const decisions = [
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

write('decisions.json', decisions)
write('claim-validators.json', [...values, ...email, ...factors, ...strict])

function write(name, cases) {
  const names = new Set()
  for (const one of cases) {
    if (names.has(one.name)) throw new Error(`Two cases are called ${JSON.stringify(one.name)}.`)
    names.add(one.name)
  }
  const file = new URL(name, import.meta.url)
  const text = `[\n${cases.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text)
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`tests/conformance/${name} is not up to date: run generate.mjs.`)
    process.exit(1)
  }
  console.log(`${name}: ${cases.length} cases`)
}
