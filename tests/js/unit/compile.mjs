// The compiler, as an application has it set.

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from './support.mjs'

const tsc = join(app.root, 'pkg/node_modules/typescript/bin/tsc')

/** Compiles the files in a folder of the app and returns what the compiler says. */
export function compiled(folder, compilerOptions = {}) {
  const config = {
    compilerOptions: {
      target: 'es2022',
      module: 'nodenext',
      lib: ['es2022', 'dom'],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: false,
      ...compilerOptions,
    },
    include: ['*.ts'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  try {
    return execFileSync(process.execPath, [tsc, '--project', folder], { encoding: 'utf8' })
  } catch (error) {
    return error.stdout
  }
}
