// Installs an application with the packed package: what is tested is the tarball, not the tree.

import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { output } from '../../js/process.mjs'
import { apps, pkg, shared, target } from './places.mjs'

const QUIET = ['--no-save', '--no-audit', '--no-fund', '--silent']
/** A build of a large framework takes its time on a machine that does other things as well. */
const LIMIT = 1_200_000

/** Packs the package; returns the path of the tarball. */
export function pack() {
  if (!existsSync(join(pkg, 'dist/index.js'))) {
    throw new Error('pkg/dist is missing: run `cargo xtask build` first.')
  }
  const folder = join(target, 'pack')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const args = ['pack', '--json', '--silent', '--pack-destination', folder]
  const packed = JSON.parse(execFileSync('npm', args, { cwd: pkg, encoding: 'utf8' }))
  const [{ filename }] = Array.isArray(packed) ? packed : Object.values(packed)
  return join(folder, filename)
}

/**
 * Lays an application out in a folder below target/, installs what its lock file names unless that
 * was done, then the tarball, and builds it if it has to be built. Returns the folder.
 */
export async function install(name, manifest, tarball) {
  const folder = join(target, name)
  mkdirSync(folder, { recursive: true })
  const isSource = (path) => basename(path) !== 'node_modules'
  cpSync(join(apps, name), folder, { recursive: true, filter: isSource })
  for (const file of manifest.shared ?? ['gate.mjs', 'gate.clerk.mjs', 'gate.supertokens.mjs']) {
    cpSync(join(shared, file), join(folder, manifest.sharedInto ?? '', file))
  }
  await dependencies(folder)
  await output('npm', ['install', ...QUIET, '--no-package-lock', '--prefer-offline', tarball], {
    cwd: folder,
    limit: LIMIT,
  })
  for (const [program, ...args] of manifest.build ?? []) {
    await output(program, args, { cwd: folder, env: environment(folder), limit: LIMIT })
  }
  return folder
}

/** The programs of the application come before those of the machine. */
export function environment(folder, ...more) {
  const folders = [join(folder, 'node_modules/.bin'), ...more, process.env.PATH]
  const quiet = { DO_NOT_TRACK: '1', DENO_NO_UPDATE_CHECK: '1', ASTRO_TELEMETRY_DISABLED: '1' }
  return { PATH: folders.join(':'), ...quiet }
}

async function dependencies(folder) {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8')
  const stamp = join(folder, 'node_modules/.installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true })
  await output('npm', ['install', ...QUIET], { cwd: folder, limit: LIMIT })
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  writeFileSync(stamp, lock)
}
