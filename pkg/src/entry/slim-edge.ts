// As `edge.ts`, with the module without `ring`.
import { boot } from '../core.js'
import module from '../wasm/slim.wasm?module'

boot(module)

export * from '../index.js'
