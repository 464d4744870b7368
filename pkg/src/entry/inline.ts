// The bytes travel inside the JavaScript: no file to find, whatever bundles this package.
import { bytesFromBase64 } from '../base64.js'
import { boot } from '../core.js'
import base64 from '../wasm/inline.js'

boot(new WebAssembly.Module(bytesFromBase64(base64)))

export * from '../index.js'
