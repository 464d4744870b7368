// Bundles the worker as wrangler does: the WebAssembly module stays a file of its own, which the
// platform compiles when the worker is uploaded.

import { copyFileSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

mkdirSync('dist', { recursive: true })

const wasm = {
  name: 'wasm',
  setup(build) {
    build.onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
      copyFileSync(join(resolveDir, path), join('dist', basename(path)))
      return { path: `./${basename(path)}`, external: true }
    })
  },
}

await build({
  entryPoints: ['worker.mjs'],
  outfile: 'dist/worker.js',
  bundle: true,
  format: 'esm',
  target: 'es2022',
  conditions: ['workerd', 'worker', 'browser'],
  plugins: [wasm],
})
