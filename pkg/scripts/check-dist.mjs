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
 * The package has the glue once and loads any of the modules with it: what a module imports must be
 * the same function in its own glue. A smaller module just lacks some of what the glue offers.
 */
export function checkGlue(bytes, own, shared) {
  for (const { name } of WebAssembly.Module.imports(new WebAssembly.Module(bytes))) {
    const text = functionIn(own, name)
    if (text === null || text !== functionIn(shared, name)) {
      throw new Error(`The builds of wasm-pack.toml differ in ${name}, but share one glue.`)
    }
  }
}

function functionIn(glue, name) {
  const begin = glue.indexOf(`export function ${name}(`)
  return begin === -1 ? null : glue.slice(begin, glue.indexOf('\n}\n', begin))
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

/** What a module imports, and from where it exports. */
export function specifiersOf(source) {
  const pattern = /(?:^|[\s;}])(?:import|from)\s*\(?\s*(['"])([^'"]+)\1/g
  return [...source.matchAll(pattern)].map((match) => match[2])
}
