// Runs the races in Node, Deno or Bun: arguments are the runtime, a file with the material and the
// length, and a file for the results.

import { readFile, writeFile } from 'node:fs/promises'
import { argv } from 'node:process'
import { runRaces } from '../rounds.mjs'
import { rosterOf } from './roster.mjs'

const [runtime, input, result] = argv.slice(2)
const { material, length } = JSON.parse(await readFile(input, 'utf8'))
const modules = await Promise.all(rosterOf(runtime).map(({ href }) => import(href)))
const contenders = modules.flatMap((module) => module.contenders(material))
await writeFile(result, JSON.stringify(await runRaces(material, contenders, length)))
