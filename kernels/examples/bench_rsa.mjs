// How long RS256 takes in the kernel and in node:crypto, in one process and in turns.
//
//   RUSTFLAGS='-C target-feature=+simd128' cargo build --release -p sessiongate-kernels \
//     --example bench_rsa --target wasm32-unknown-unknown
//   node kernels/examples/bench_rsa.mjs target/wasm32-unknown-unknown/release/examples/bench_rsa.wasm
//
// More modules may be named to compare them with each other. All times are microseconds.

import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

const ROUNDS = 1500
const WARM_UP = 300
const CALLS = 20
const MESSAGE = 900

const files = process.argv.slice(2)
assert(files.length > 0, 'usage: node bench_rsa.mjs <module.wasm>...')
for (const bits of [2048, 3072, 4096]) await measure(bits)

async function measure(bits) {
  const { privateKey, publicKey } = crypto.generateKeyPairSync('rsa', { modulusLength: bits })
  const modulus = Buffer.from(publicKey.export({ format: 'jwk' }).n, 'base64url')
  const message = crypto.randomBytes(MESSAGE)
  const signature = crypto.sign('sha256', message, privateKey)
  const subjects = [
    { name: 'node:crypto', verify: () => crypto.verify('sha256', message, publicKey, signature) },
  ]
  for (const file of files) {
    const kernel = await load(file, modulus, message, signature)
    subjects.push({ name: basename(file), verify: () => kernel.verify() === 1 })
  }
  for (const subject of subjects) assert(subject.verify(), subject.name)
  report(bits, subjects, run(subjects))
}

async function load(file, modulus, message, signature) {
  const { instance } = await WebAssembly.instantiate(readFileSync(file), {})
  const kernel = instance.exports
  const push = (octets) => {
    for (const octet of octets) kernel.push(octet)
  }
  push(modulus)
  assert.equal(kernel.set_key(), 1, 'the kernel refused the key')
  push(message)
  kernel.set_message()
  // A changed signature is refused: what is measured does verify.
  push(signature.map((octet, place) => (place === 100 ? octet ^ 1 : octet)))
  kernel.set_signature()
  assert.equal(kernel.verify(), 0)
  push(signature)
  kernel.set_signature()
  return kernel
}

/** The time of one call, for each subject in each round. */
function run(subjects) {
  const times = subjects.map(() => [])
  for (let round = 0; round < ROUNDS; round += 1) {
    subjects.forEach(({ verify }, index) => {
      const start = performance.now()
      for (let call = 0; call < CALLS; call += 1) verify()
      times[index].push(((performance.now() - start) * 1000) / CALLS)
    })
  }
  return times.map((list) => list.slice(WARM_UP))
}

function report(bits, subjects, times) {
  console.log(`RSA ${bits}: median, quickest tenth, median of the ratios to node:crypto`)
  subjects.forEach(({ name }, index) => {
    const ratios = times[index].map((time, round) => time / times[0][round])
    const numbers = [at(times[index], 0.5), at(times[index], 0.1), at(ratios, 0.5)]
    console.log(`  ${name.padEnd(24)} ${numbers.map((number) => number.toFixed(2)).join('  ')}`)
  })
}

function at(list, part) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length * part)]
}
