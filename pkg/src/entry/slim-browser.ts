// As `browser.ts`, with the module without `ring`. Browsers without SIMD get the whole module.
import { bootLater } from '../core.js'
import { hasSimd } from '../simd.js'

const slim = () => new URL('../wasm/slim.wasm', import.meta.url)
const scalar = () => new URL('../wasm/scalar.wasm', import.meta.url)
bootLater(() => fetch(hasSimd() ? slim() : scalar()))

export * from '../index.js'
