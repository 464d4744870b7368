// Where things are.

import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))

/** The applications, one folder each. */
export const apps = at('../')
export const shared = at('../shared')
export const repository = at('../../../')
export const pkg = at('../../../pkg')
/** Deno, Bun and workerd, which the suite of the package installs. */
export const runtimes = at('../../js/node_modules/.bin')
/** Everything that is made here; kept, so that nothing is installed twice. */
export const target = at('../../../target/apps')
