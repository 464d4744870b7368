/** The module itself, for loaders of your own; bundlers decide what importing it gives. */
declare const module: WebAssembly.Module
export default module
