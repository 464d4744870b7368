// As `inline.ts`, with the module without `ring`.
import { bytesFromBase64 } from '../base64.js'
import { boot } from '../core.js'
import base64 from '../wasm/inline-slim.js'

boot(new WebAssembly.Module(bytesFromBase64(base64)))

export * from '../index.js'
