// Measures the kernel in wasm against `node:crypto`, interleaved in one process:
//
//   cargo build --release -p sessiongate-kernels --example speed_p256 --target wasm32-unknown-unknown
//   node kernels/examples/speed_p256.mjs [rounds]
import { createHash, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import { readFile } from 'node:fs/promises'

const PER_ROUND = 200
const MESSAGE_BYTES = 900
const rounds = Number(process.argv[2] ?? 200)

const path = '../../target/wasm32-unknown-unknown/release/examples/speed_p256.wasm'
const module = await WebAssembly.compile(await readFile(new URL(path, import.meta.url)))

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const message = randomBytes(MESSAGE_BYTES)
const signature = sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' })

const contenders = new Map([
  [
    'node:crypto, cached key',
    () => verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature),
  ],
  ['kernel, both tables', kernel(3)],
  ['kernel, table of the generator', kernel(1)],
  ['kernel, no table', kernel(0)],
  ['SHA-256 of node:crypto', () => createHash('sha256').update(message).digest().length === 32],
  ['preparing a key (and the generator)', preparation(0)],
  ['the same with a table each', preparation(3)],
])

const times = new Map([...contenders.keys()].map((name) => [name, []]))
for (let round = 0; round < rounds; round += 1) {
  for (const [name, run] of contenders) {
    const count = name === 'the same with a table each' ? PER_ROUND / 20 : PER_ROUND
    const start = cpuTime()
    for (let call = 0; call < count; call += 1) {
      if (!run()) throw new Error(`refused: ${name}`)
    }
    times.get(name).push((cpuTime() - start) / count)
  }
}

const [base] = times.values()
for (const [name, all] of times) {
  const ratio = median(all.map((time, round) => time / base[round]))
  console.log(`${name.padEnd(36)} ${median(all).toFixed(2).padStart(8)} us   x ${ratio.toFixed(3)}`)
}

/** Microseconds of the processor so far, so that other programs' work is not counted. */
function cpuTime() {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** A fresh instance with the key, the signature and the message in place. */
function instantiate() {
  const { exports } = new WebAssembly.Instance(module)
  const { x, y } = publicKey.export({ format: 'jwk' })
  const input = Buffer.concat([
    Buffer.from(x, 'base64url'),
    Buffer.from(y, 'base64url'),
    signature,
    message,
  ])
  new Uint8Array(exports.memory.buffer).set(input, exports.input())
  return exports
}

function kernel(tables) {
  const exports = instantiate()
  if (exports.prepare(tables) !== 1) throw new Error('the key is refused')
  return () => exports.verify(MESSAGE_BYTES) === 1
}

function preparation(tables) {
  const exports = instantiate()
  return () => exports.prepare(tables) === 1
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}
