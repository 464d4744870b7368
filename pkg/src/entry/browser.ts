// Browsers may only compile without blocking: `await ready()` fetches the module and starts it.
import { bootLater } from '../core.js'
import { hasSimd } from '../simd.js'

const fast = () => new URL('../wasm/sessiongate_bg.wasm', import.meta.url)
const scalar = () => new URL('../wasm/scalar.wasm', import.meta.url)
bootLater(() => fetch(hasSimd() ? fast() : scalar()))

export * from '../index.js'
