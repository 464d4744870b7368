// Bundles as the platforms' own tools do: the package is resolved by the platform's conditions, and
// the WebAssembly module stays a file of its own.

import { copyFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { build } from 'esbuild'

/**
 * A worker for workerd: the module is copied next to it and imported from there. `options` are more
 * of esbuild's.
 */
export function bundleForWorkerd(entry, outfile, options = {}) {
  return build({
    ...common(entry, outfile),
    ...options,
    conditions: ['workerd', 'worker', 'browser'],
    plugins: [
      wasm(/\.wasm$/, (path) => {
        copyFileSync(path, join(dirname(outfile), basename(path)))
        return { path: `./${basename(path)}`, external: true }
      }),
    ],
  })
}

/** A script for Vercel's edge runtime: the host compiles the module and leaves it in a global. */
export async function bundleForEdge(entry, outfile, options = {}) {
  const modules = []
  const plugin = wasm(/\.wasm\?module$/, (path) => {
    modules.push(path)
    return { path, namespace: 'compiled' }
  })
  const setup = (build) => {
    plugin.setup(build)
    build.onLoad({ filter: /./, namespace: 'compiled' }, () => ({
      contents: 'export default globalThis.compiledModule',
    }))
  }
  await build({
    ...common(entry, outfile),
    ...options,
    format: 'iife',
    conditions: ['edge-light', 'worker', 'browser'],
    plugins: [{ name: 'compiled', setup }],
  })
  if (modules.length !== 1) throw new Error(`expected one module, found ${modules.length}`)
  return modules[0]
}

function common(entry, outfile) {
  return { entryPoints: [entry], outfile, bundle: true, format: 'esm', target: 'es2022' }
}

function wasm(filter, found) {
  return {
    name: 'wasm',
    setup: (build) =>
      build.onResolve({ filter }, ({ path, resolveDir }) =>
        found(resolve(resolveDir, path.replace(/\?module$/, ''))),
      ),
  }
}
