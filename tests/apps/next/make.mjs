// Makes the files of the examples in documents/README.md, and in edge/ the same application once more
// with its gate in middleware.ts, which runs on the edge: one application has either that or proxy.ts.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const here = (name) => new URL(name, import.meta.url)
const PEER = '@clerk/nextjs/server'
const OWN = 'sessiongate/next'

const text = readFileSync(here('documents/README.md'), 'utf8')
const files = [...text.matchAll(/^```tsx? (\S+)\n(.*?)^```$/gms)].map(([, path, code]) => {
  if (code.split(PEER).length !== 2) throw new Error(`${path}: not one import of ${PEER}`)
  return { path, code: code.replace(PEER, OWN) }
})

// Both examples of the first guide are for the same address, so each gets an application.
for (const folder of [
  'app/api/example',
  'app/api/manager',
  'pages/api/example.ts',
  'edge/app',
  'edge/pages',
]) {
  rmSync(here(folder), { recursive: true, force: true })
}
const SHARED = ['app', 'pages', 'lib', 'tsconfig.json', 'globals.d.ts']
const GATE = ['gate.mjs', 'gate.clerk.mjs', 'gate.supertokens.mjs']
for (const name of [...SHARED, ...GATE])
  cpSync(here(name), here(`edge/${name}`), { recursive: true })
for (const { path, code } of files) {
  const target = here(path.startsWith('pages/') ? `edge/${path}` : path)
  mkdirSync(dirname(target.pathname), { recursive: true })
  writeFileSync(target, code)
}
