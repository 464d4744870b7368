// Compiles what somebody writes in TypeScript, against the framework's own types.

import { join } from 'node:path'
import { output } from '../../js/process.mjs'
import { pkg } from './places.mjs'

const OPTIONS = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck']
// An application may have a configuration of its own.
const ALONE = '--ignoreConfig'
const FORM = ['--target', 'es2022', '--module', 'nodenext', '--moduleDetection', 'force']

/** One result if the manifest names the ambient types of the application, none otherwise. */
export async function typed({ types }, folder) {
  if (types === undefined) return []
  const tsc = join(pkg, 'node_modules/typescript/bin/tsc')
  const args = [tsc, ALONE, ...OPTIONS, ...FORM, '--types', types.join(), 'types.ts']
  const why = await output(process.execPath, args, { cwd: folder }).then(
    () => null,
    (error) => error.message,
  )
  return [{ name: 'types: what somebody writes compiles, and mistakes do not', why }]
}
