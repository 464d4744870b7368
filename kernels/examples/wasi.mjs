// Runs a program that was built for wasm32-wasip1: node wasi.mjs FILE [ARGUMENTS].
import { readFile } from 'node:fs/promises'
import { WASI } from 'node:wasi'

const [file, ...args] = process.argv.slice(2)
const wasi = new WASI({ version: 'preview1', args: [file, ...args], returnOnExit: true })
const { instance } = await WebAssembly.instantiate(await readFile(file), wasi.getImportObject())
process.exitCode = wasi.start(instance)
