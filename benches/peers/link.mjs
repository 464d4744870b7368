// Puts the package of this repository where npm puts packages. As a dependency the lock file would
// have to say where it is, and ours name no addresses.
//
//     node link.mjs         (npm runs it after each installation in this folder)

import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('node_modules/', import.meta.url))
mkdirSync(modules, { recursive: true })
rmSync(`${modules}sessiongate`, { force: true, recursive: true })
// A junction is what Windows gives everybody; other systems do not look at the word.
symlinkSync('../../../pkg', `${modules}sessiongate`, 'junction')
