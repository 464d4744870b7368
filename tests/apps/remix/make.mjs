// Makes the route of the example in documents/README.md.

import { readFileSync, writeFileSync } from 'node:fs'

const here = (name) => new URL(name, import.meta.url)
const PEER = '@clerk/remix/ssr.server'

const text = readFileSync(here('documents/README.md'), 'utf8')
for (const [, path, code] of text.matchAll(/^```tsx (\S+)\n(.*?)^```$/gms)) {
  if (code.split(PEER).length !== 2) throw new Error(`${path}: not one import of ${PEER}`)
  writeFileSync(here(path), code.replace(PEER, 'sessiongate/remix'))
}
