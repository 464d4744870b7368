// Vercel's edge runtime forbids compiling at run time; `?module` asks its bundler to do it.
import { boot } from '../core.js'
import module from '../wasm/sessiongate_bg.wasm?module'

boot(module)

export * from '../index.js'
