// Makes programs of the examples in README.md: the line that imports the peer becomes another one, and
// lines of the application around an example are put in, none is taken away.

import { readFileSync, writeFileSync } from 'node:fs'

const EXAMPLES = {
  'clerk.mjs': {
    from: "import { clerkMiddleware, getAuth, requireAuth } from '@clerk/express'",
    to: "import { sessionGate as clerkMiddleware, getAuth, requireAuth } from 'sessiongate/express'",
  },
  'supertokens.mjs': {
    from: 'import { verifySession } from "supertokens-node/recipe/session/framework/express";',
    to: 'import { verifySession } from "sessiongate/express";',
    around: {
      'import express from "express";': 'import { setUp } from "./set-up.mjs";',
      'let app = express();': 'setUp(app);',
    },
  },
}

const here = (name) => new URL(name, import.meta.url)
const text = readFileSync(here('README.md'), 'utf8')
const blocks = new Map(
  [...text.matchAll(/^```js (\S+)\n(.*?)^```$/gms)].map(([, name, code]) => [name, code]),
)
for (const [name, { from, to, around = {} }] of Object.entries(EXAMPLES)) {
  let code = replaced(blocks.get(name), from, to)
  for (const [line, more] of Object.entries(around)) {
    code = replaced(code, line, `${line}\n${more}`)
  }
  writeFileSync(here(name), code)
}

function replaced(code, line, by) {
  const lines = code.split('\n')
  if (lines.filter((one) => one === line).length !== 1) throw new Error(`not once: ${line}`)
  return lines.map((one) => (one === line ? by : one)).join('\n')
}
