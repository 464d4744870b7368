// Writes the examples in README.md into the application around them.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const text = readFileSync(here('README.md'), 'utf8')
for (const [, name, code] of text.matchAll(/^```ts (\S+)\n(.*?)^```$/gms)) {
  mkdirSync(dirname(here(name)), { recursive: true })
  writeFileSync(here(name), code)
}
