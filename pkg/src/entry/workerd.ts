// workerd forbids compiling at run time; its bundlers turn this import into a compiled module.
import { boot } from '../core.js'
import module from '../wasm/sessiongate_bg.wasm'

boot(module)

export * from '../index.js'
