// What must be true of a build, whatever made it.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/**
 * The module may import from its glue alone. A C compiler that is not clang leaves unresolved
 * `env` imports, and the package would then die when it is loaded.
 */
export function checkModule(bytes) {
  for (const { module, name } of WebAssembly.Module.imports(new WebAssembly.Module(bytes))) {
    if (module !== './sessiongate_bg.js') {
      throw new Error(`The WebAssembly module imports ${module}.${name}; only its glue is allowed.`)
    }
  }
}

/**
 * Every import leads to a file of the build: the package has no dependencies. Adapters import the
 * package by its own name, so that the conditions of whoever runs them choose how the module is loaded.
 */
export function checkDist(dist) {
  for (const path of filesBelow(dist)) {
    if (!/\.(?:js|d\.ts)$/.test(path) || /wasm.inline[\w-]*\.js$/.test(path)) continue
    for (const specifier of specifiersOf(readFileSync(path, 'utf8'))) {
      if (mayImport(relative(dist, path), specifier)) continue
      const target = join(dirname(path), specifier.replace(/\?module$/, ''))
      if (!specifier.startsWith('.') || !existsSync(target)) {
        throw new Error(`${relative(dist, path)} imports ${specifier}, which is not in the build.`)
      }
    }
  }
}

/** Bare imports: of the package itself, and of the framework that an adapter is for. */
const FRAMEWORKS = { 'adapters/next.js': ['next/headers', 'next/navigation'] }

function mayImport(file, specifier) {
  if (FRAMEWORKS[file]?.includes(specifier)) return true
  return specifier === 'sessiongate' && file.startsWith('adapters')
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

function specifiersOf(source) {
  const pattern = /(?:^|[\s;}])(?:import|from)\s*\(?\s*(['"])([^'"]+)\1/g
  return [...source.matchAll(pattern)].map((match) => match[2])
}
