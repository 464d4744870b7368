// The bytes of every wasm build after gzip.
//
//   node sizes.mjs [--run N]

import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { optionsOf } from './lib/options.mjs'
import { textTable } from './lib/table.mjs'

const ROOT = new URL('../../', import.meta.url)
const MODULE = 'sessiongate_bg.wasm'

const options = optionsOf()
const matrix = readFileSync(new URL('wasm-pack.toml', ROOT), 'utf8')
const builds = matrix.split(/^\[build\./m).slice(1)
const sizes = Object.fromEntries(
  builds.map((table) => [table.split(']')[0], gzipped(outOf(table))]),
)
const rows = Object.entries(sizes).map(([name, bytes]) => [name, String(bytes)])
console.log(textTable([['wasm build', 'bytes after gzip'], ...rows]))
options.keep('sizes', sizes)

function outOf(table) {
  return /^out = "(.+)"$/m.exec(table)[1]
}

function gzipped(folder) {
  return gzipSync(readFileSync(new URL(`${folder}/${MODULE}`, ROOT)), { level: 9 }).length
}
