// Lays the package out for JSR, which takes neither conditions nor declarations of global types.
//
//   node scripts/jsr.mjs FOLDER     (after `npm run build`; then `deno publish` in that folder)
//
// JSR's package has the entries with the module inlined, which run everywhere that Deno's users are.
// `CustomJwtSessionClaims` cannot be declared globally there: claims are typed by `createGate<C>` or by a
// schema.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Name the folder that the files are to go to.')
  process.exit(1)
}

/** What belongs to bundlers and their conditions. */
const isLeftOut = (path) => {
  const isModule = path.endsWith('.wasm') || basename(path) === 'core.wasm.d.ts'
  // The adapters import the package by its name on npm.
  if (isModule || basename(path) === 'adapters') return true
  return /entry[/\\](?:slim-)?(?:browser|edge|workerd)\.(?:js|d\.ts)$/.test(path)
}

mkdirSync(folder, { recursive: true })
cpSync(join(root, 'dist'), join(folder, 'dist'), {
  recursive: true,
  filter: (path) => !isLeftOut(path),
})
for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE-APACHE', 'LICENSE-MIT', 'jsr.json']) {
  cpSync(join(root, name), join(folder, name))
}
makeLocal(join(folder, 'dist/types/token.d.ts'))

/** Makes of a global interface one of the module. */
function makeLocal(path) {
  const text = readFileSync(path, 'utf8')
  const local = text.replace(/^declare global \{\n([\s\S]*?)^\}\n/m, '$1')
  if (local === text) throw new Error(`${path} declares nothing globally any more.`)
  writeFileSync(path, local)
}
