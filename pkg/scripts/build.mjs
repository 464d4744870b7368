// Makes `dist/` from `src/` and from the WebAssembly build in `wasm/`.
//
//   node scripts/build.mjs        (needs `cargo xtask build` first, which fills `wasm/`)

import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkDist, checkModule } from './check-dist.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const wasm = join(root, 'wasm')
const dist = join(root, 'dist')

const GLUE = 'sessiongate_bg.js'
const MODULE = 'sessiongate_bg.wasm'

for (const name of [GLUE, MODULE]) {
  if (!existsSync(join(wasm, name))) {
    console.error(`pkg/wasm/${name} is missing. Run \`cargo xtask build\` first.`)
    process.exit(1)
  }
}

rmSync(dist, { recursive: true, force: true })
compile()
copyModule()
checkModule(readFileSync(join(dist, 'wasm', MODULE)))
checkDist(dist)

function compile() {
  const tsc = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  )
  execFileSync(process.execPath, [tsc, '--project', root], { stdio: 'inherit' })
}

/** The module in its two forms, and the declarations that the compiler does not copy. */
function copyModule() {
  const target = join(dist, 'wasm')
  mkdirSync(target, { recursive: true })
  for (const name of [GLUE, MODULE]) copyFileSync(join(wasm, name), join(target, name))
  for (const name of ['sessiongate_bg.d.ts', 'core.wasm.d.ts']) {
    copyFileSync(join(root, 'src/wasm', name), join(target, name))
  }
  const base64 = readFileSync(join(wasm, MODULE)).toString('base64')
  writeFileSync(join(target, 'inline.js'), `export default '${base64}'\n`)
}
