// The verification kernels in WebAssembly beside `node:crypto`, in one process and in turns.
//
//   node engines.mjs FOLDER [--quick] [--run N]
//
// FOLDER has the modules `bench_rsa.wasm` and `speed_p256.wasm`, which `cargo xtask bench` builds of
// kernels/examples: they are nothing but a kernel and a place to put its input.

import { createHash, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { optionsOf } from './lib/options.mjs'
import { median, rounded, summaryOf } from './lib/statistics.mjs'
import { digits, textTable } from './lib/table.mjs'
import { inTurns } from './lib/turns.mjs'

const options = optionsOf()
const length = options.quick
  ? { rounds: 10, calls: 20, warmUp: 400 }
  : { rounds: 1000, calls: 20, warmUp: 6000 }

const MESSAGE = randomBytes(900)
/** Which tables are built: the generator's, which serves all keys, and that of the key. */
const GENERATOR_TABLE = 1
const BOTH_TABLES = 3

const folder = options.positionals[0]
const groups = []
for (const bits of [2048, 3072, 4096]) await measure(`RS256, ${bits} bits`, rsa(bits))
await measure('ES256', p256())
options.keep('engines', { version: process.versions.node, groups })

/** All that verifies one signature; the first is what the others are compared with. */
async function measure(name, subjects) {
  const all = subjects.map(({ name, verify, calls }) => {
    const call = () => {
      if (!verify()) throw new Error(`refused: ${name}`)
    }
    return { name, call, calls, prepare: (count) => new Array(count).fill(null) }
  })
  const times = await inTurns(all, length)
  const results = all.map(({ name }, place) => {
    const ratios = times[place].map((us, round) => us / times[0][round])
    return { name, us: summaryOf(times[place]), ratio: rounded(median(ratios)) }
  })
  groups.push({ name, results })
  const rows = results.map(({ name, us: [middle, low, high], ratio }) => {
    return [name, digits(middle), `${digits(low)}–${digits(high)}`, digits(ratio)]
  })
  console.log(textTable([[name, 'us', 'spread', 'x node:crypto'], ...rows]))
}

function rsa(bits) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  const modulus = Buffer.from(publicKey.export({ format: 'jwk' }).n, 'base64url')
  const signature = sign('sha256', MESSAGE, privateKey)
  const kernel = instantiate('bench_rsa')
  const push = (octets) => {
    for (const octet of octets) kernel.push(octet)
  }
  push(modulus)
  if (kernel.set_key() !== 1) throw new Error('the kernel refused the key')
  push(MESSAGE)
  kernel.set_message()
  // A changed signature is refused: what is measured does verify.
  push(signature.map((octet, place) => (place === 100 ? octet ^ 1 : octet)))
  kernel.set_signature()
  if (kernel.verify() !== 0) throw new Error('the kernel accepted a changed signature')
  push(signature)
  kernel.set_signature()
  return [
    { name: 'node:crypto', verify: () => verify('sha256', MESSAGE, publicKey, signature) },
    { name: 'kernel in wasm', verify: () => kernel.verify() === 1 },
  ]
}

function p256() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signature = sign('sha256', MESSAGE, { key: privateKey, dsaEncoding: 'ieee-p1363' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const point = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  const input = Buffer.concat([...point, signature, MESSAGE])
  const host = () =>
    verify('sha256', MESSAGE, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
  const kernels = [0, GENERATOR_TABLE, BOTH_TABLES].map((tables) => prepared(input, tables))
  const [none, generator, both] = kernels
  return [
    { name: 'node:crypto', verify: host },
    { name: 'kernel in wasm, key seen before', verify: () => both.verify(MESSAGE.length) === 1 },
    {
      name: 'the same, table of the generator alone',
      verify: () => generator.verify(MESSAGE.length) === 1,
    },
    { name: 'kernel in wasm, no table', verify: () => none.verify(MESSAGE.length) === 1 },
    { name: 'preparing a key', verify: () => none.prepare(0) === 1 },
    // A preparation of its own, because it is slow; both tables, of which one serves for all keys.
    { name: 'preparing two tables', verify: tablesOf(input), calls: 1 },
    { name: 'SHA-256 of node:crypto', verify: hashed },
  ]
}

function prepared(input, tables) {
  const kernel = instantiate('speed_p256')
  new Uint8Array(kernel.memory.buffer).set(input, kernel.input())
  if (kernel.prepare(tables) !== 1) throw new Error('the kernel refused the key')
  if (kernel.verify(MESSAGE.length - 1) !== 0)
    throw new Error('the kernel accepted another message')
  return kernel
}

function tablesOf(input) {
  const kernel = prepared(input, 0)
  return () => kernel.prepare(BOTH_TABLES) === 1
}

function hashed() {
  return createHash('sha256').update(MESSAGE).digest().length === 32
}

function instantiate(name) {
  const module = new WebAssembly.Module(readFileSync(join(folder, `${name}.wasm`)))
  return new WebAssembly.Instance(module).exports
}
