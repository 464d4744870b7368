// Browsers may only compile without blocking: `await ready()` fetches the module and starts it.
import { bootLater } from '../core.js'

bootLater(() => fetch(new URL('../wasm/sessiongate_bg.wasm', import.meta.url)))

export * from '../index.js'
