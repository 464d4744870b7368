/** The compiled module, as workerd and bundlers for it import it. */
declare module '*.wasm' {
  const module: WebAssembly.Module
  export default module
}

/** The compiled module, as bundlers for Vercel's edge runtime import it. */
declare module '*.wasm?module' {
  const module: WebAssembly.Module
  export default module
}
