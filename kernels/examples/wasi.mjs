// Runs a program built for wasm32-wasip1 in Node: node wasi.mjs <file.wasm> [arguments]
// As cargo's runner: CARGO_TARGET_WASM32_WASIP1_RUNNER="node --no-warnings kernels/examples/wasi.mjs"

import { readFile } from 'node:fs/promises'
import { WASI } from 'node:wasi'

const [file, ...args] = process.argv.slice(2)
const wasi = new WASI({
  version: 'preview1',
  args: [file, ...args],
  env: process.env,
  returnOnExit: true,
})
const module = await WebAssembly.compile(await readFile(file))
const instance = await WebAssembly.instantiate(module, wasi.getImportObject())
process.exitCode = wasi.start(instance)
