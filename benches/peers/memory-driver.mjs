// One state of a process, for memory.mjs: arguments are the state, how many tokens, and the folder with
// the material. Prints bytes: `held` is what the garbage collector left in the heap and outside of it,
// `pages` what the system gave to this process alone.

import { openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import process, { argv } from 'node:process'

const [state, tokens, folder] = argv.slice(2)
const count = Number(tokens)
// Kept for as long as it is measured, as an application keeps its gate.
const kept = []

if (state === 'imported') kept.push(await import('sessiongate'))
if (state === 'decided' || state === 'requests') await decide()
for (let pass = 0; pass < 4; pass++) {
  globalThis.gc()
  await new Promise((resolve) => setTimeout(resolve, 20))
}
const { heapUsed, external } = process.memoryUsage()
console.log(JSON.stringify({ held: heapUsed + external, pages: privateBytes() }))

/** The requests come one after the other, and nobody keeps them. */
async function decide() {
  const { racesOf } = await import('./requests.mjs')
  const material = materialOnDisk()
  const race = racesOf(material)[0]
  const call = state === 'decided' ? await gate(material) : null
  for (let pass = 0; pass < 2; pass++) {
    for (let place = 0; place < count; place++) {
      const request = race.request(place)
      if (call === null) continue
      const user = call(request)
      if (user !== race.user(place)) throw new Error(`${user} in place of ${race.user(place)}`)
    }
  }
}

/** The material, with tokens that stay in their file until somebody asks for one. */
function materialOnDisk() {
  const material = JSON.parse(readFileSync(join(folder, 'material.json'), 'utf8'))
  const file = openSync(join(folder, 'tokens'))
  const record = Buffer.alloc(material.tokenBytes)
  const read = (_, place) => {
    readSync(file, record, 0, record.length, Number(place) * record.length)
    return record.toString('latin1')
  }
  material.clerk.tokens = new Proxy([], { get: read })
  return material
}

async function gate(material) {
  const { contenders } = await import('./contenders/sessiongate.mjs')
  const call = contenders(material)
    .find(({ name }) => name === 'sessiongate checkSync')
    .make()
  kept.push(call)
  return call
}

function privateBytes() {
  const rollup = readFileSync('/proc/self/smaps_rollup', 'utf8')
  return Number(/^Private_Dirty:\s*(\d+) kB/m.exec(rollup)[1]) * 1024
}
