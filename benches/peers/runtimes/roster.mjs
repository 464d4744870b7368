// Who takes part in which runtime.

/** The files of the contenders, and the runtimes that lack what they are built on. */
const FILES = {
  sessiongate: [],
  clerk: [],
  floor: [],
  'node-crypto': ['edge-runtime'],
  jose: [],
  hono: [],
  aws: [],
  jsonwebtoken: ['edge-runtime'],
  'fast-jwt': ['edge-runtime', 'workerd'],
  supertokens: ['edge-runtime'],
}

/** The modules of the contenders in a runtime. */
export function rosterOf(runtime) {
  const files = Object.keys(FILES).filter((file) => !FILES[file].includes(runtime))
  return files.map((file) => new URL(`../contenders/${file}.mjs`, import.meta.url))
}

/** The same as a module that exports `contendersOf(material)`, for a bundler. */
export function rosterSource(runtime) {
  const files = rosterOf(runtime).map(({ pathname }) => JSON.stringify(pathname))
  const imports = files.map((file, index) => `import * as module${index} from ${file}\n`)
  const calls = files.map((_, index) => `...module${index}.contenders(material)`)
  return `${imports.join('')}export const contendersOf = (material) => [${calls.join(', ')}]\n`
}
