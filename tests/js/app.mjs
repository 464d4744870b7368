// A fresh application with the packed package in it: what is tested is the tarball, not the tree.

import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const pkg = join(here, '../../pkg')

/** What the suite is made of, as modules, which every runtime can import. */
const CASES = [
  ['cases', 'decisions.json', 'cases.mjs'],
  ['claimCases', 'claim-validators.json', 'claim-cases.mjs'],
]

/** Packs, installs and lays out the suite next to it. Returns the folder and how to remove it. */
export function createApp() {
  if (!existsSync(join(pkg, 'dist/index.js'))) {
    throw new Error('pkg/dist is missing: run `npm run build` in pkg first.')
  }
  const folder = mkdtempSync(join(tmpdir(), 'sessiongate-app-'))
  const npm = (args, cwd) => execFileSync('npm', [...args, '--silent'], { cwd, encoding: 'utf8' })
  const packed = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], pkg))
  const { filename, files } = Array.isArray(packed) ? packed[0] : Object.values(packed)[0]
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  npm(['install', '--offline', '--no-save', '--no-package-lock', join(folder, filename)], folder)
  cpSync(join(here, 'suite'), join(folder, 'suite'), { recursive: true })
  for (const [name, file, module] of CASES) {
    const cases = readFileSync(join(here, '../conformance', file), 'utf8')
    writeFileSync(join(folder, module), `export const ${name} = ${cases}`)
  }
  return {
    folder,
    tarball: join(folder, filename),
    files: files.map(({ path }) => path),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
