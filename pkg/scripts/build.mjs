// Makes `dist/` from `src/` and from the WebAssembly build in `wasm/`.
//
//   node scripts/build.mjs        (needs `cargo xtask build` first, which fills `wasm/`)

import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkDist, checkGlue, checkModule, specifiersOf } from './check-dist.mjs'

/** The wasm builds: their folders, the names of their modules in the package, and of those in base64. */
const BUILDS = [
  { folder: 'wasm', module: 'sessiongate_bg.wasm', inline: 'inline.js' },
  { folder: 'wasm-scalar', module: 'scalar.wasm' },
  { folder: 'wasm-slim', module: 'slim.wasm', inline: 'inline-slim.js' },
]

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')

const GLUE = 'sessiongate_bg.js'
const MODULE = 'sessiongate_bg.wasm'

for (const path of BUILDS.flatMap(({ folder }) => [join(folder, GLUE), join(folder, MODULE)])) {
  if (!existsSync(join(root, path))) {
    console.error(`pkg/${path} is missing. Run \`cargo xtask build\` first.`)
    process.exit(1)
  }
}

rmSync(dist, { recursive: true, force: true })
compile()
copyModules()
nameTypes()
checkDist(dist)

function compile() {
  const tsc = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  )
  execFileSync(process.execPath, [tsc, '--project', root], { stdio: 'inherit' })
}

/** The modules in their forms, their one glue, and the declarations that the compiler does not copy. */
function copyModules() {
  const target = join(dist, 'wasm')
  mkdirSync(target, { recursive: true })
  copyFileSync(join(root, 'wasm', GLUE), join(target, GLUE))
  const shared = readFileSync(join(root, 'wasm', GLUE), 'utf8')
  for (const { folder, module, inline } of BUILDS) {
    const bytes = readFileSync(join(root, folder, MODULE))
    checkModule(bytes)
    checkGlue(bytes, readFileSync(join(root, folder, GLUE), 'utf8'), shared)
    writeFileSync(join(target, module), bytes)
    if (inline !== undefined) {
      writeFileSync(join(target, inline), `export default '${bytes.toString('base64')}'\n`)
    }
  }
  for (const name of ['sessiongate_bg.d.ts', 'core.wasm.d.ts']) {
    copyFileSync(join(root, 'src/wasm', name), join(target, name))
  }
}

/**
 * Tells Deno and JSR, which look at one file at a time, where the declarations are of all that can be
 * reached from the entries. TypeScript elsewhere finds them by their names.
 */
function nameTypes() {
  const { exports } = JSON.parse(readFileSync(join(root, 'jsr.json'), 'utf8'))
  const reached = new Set(Object.values(exports).map((path) => join(root, path)))
  for (const path of reached) {
    const types = path.replace(/\.js$/, '.d.ts')
    for (const specifier of specifiersOf(readFileSync(types, 'utf8'))) {
      reached.add(join(dirname(path), specifier))
    }
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, `/* @ts-self-types="./${basename(types)}" */\n${text}`)
  }
}
