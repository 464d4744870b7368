// What the profiler looks at: arguments are the package's entry, a file with the material, the case and
// how many calls. Prints the microseconds of one call.

import { readFileSync } from 'node:fs'
import { argv } from 'node:process'
import { racesOf } from './requests.mjs'

const BATCH = 500

const [entry, input, name, count] = argv.slice(2)
const material = JSON.parse(readFileSync(input, 'utf8'))
const { clerk, createGate } = await import(entry)
const race = racesOf(material).find((one) => one.field === 'token' && one.name === name)
const { publishableKey, pem, origin } = material.clerk
const gate = createGate({
  provider: clerk({ publishableKey, jwtKey: pem, authorizedParties: [origin] }),
  routes: [
    { path: ['/', '/pricing', '/about'], access: 'public' },
    { path: '/dashboard(.*)', access: 'signed-in' },
  ],
})

let ms = 0
for (let start = 0; start < Number(count); start += BATCH) {
  const places = Array.from({ length: BATCH }, (_, index) => (start + index) % material.rotation)
  const requests = places.map((place) => race.request(place))
  const users = new Array(BATCH)
  const before = performance.now()
  profiledCalls(requests, users)
  ms += performance.now() - before
  places.forEach((place, index) => {
    if (users[index] !== race.user(place)) throw new Error(`${users[index]}`)
  })
}
console.log((ms * 1000) / Number(count))

/** Only what happens below this function counts. */
function profiledCalls(requests, users) {
  for (let index = 0; index < requests.length; index++) {
    users[index] = gate.checkSync(requests[index]).auth.userId
  }
}
