// The package at work: a small issuer and an application behind its gate, both on this machine.
//
//   node demo/main.mjs           stays up; open the address that it prints
//   node demo/main.mjs --once    walks through it over HTTP, compares and ends

import { startIssuer } from './issuer.mjs'
import { startServer } from './server.mjs'
import { walk } from './walk.mjs'

const issuer = await startIssuer()
const app = await startServer(issuer)

if (process.argv.includes('--once')) {
  const surprises = await walk(app.origin, issuer)
  await Promise.all([app.stop(), issuer.stop()])
  process.exitCode = surprises > 0 ? 1 : 0
} else {
  console.log(`Application   ${app.origin}/`)
  console.log(`  signed in   ${app.origin}/dashboard`)
  console.log(`  admins      ${app.origin}/admin`)
  console.log(`  for scripts ${app.origin}/api/me`)
  console.log(`Issuer's keys ${issuer.jwksUrl}`)
  console.log('Each decision is printed below. Ctrl-C ends.')
}
