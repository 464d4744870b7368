// The wasm module's own border, without the package around it.
//
// Where its folder is, is said by SESSIONGATE_WASM; unless set, it is the one of this tree.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { headOf } from '../../pkg/dist/request.js'

const folder =
  process.env.SESSIONGATE_WASM ?? fileURLToPath(new URL('../../pkg/wasm/', import.meta.url))
const glueFile = join(folder, 'sessiongate_bg.js')
if (!existsSync(glueFile))
  throw new Error(`${glueFile} is missing: run \`cargo xtask build\` first.`)

export const core = await import(pathToFileURL(glueFile).href)
const module = new WebAssembly.Module(readFileSync(join(folder, 'sessiongate_bg.wasm')))
const instance = new WebAssembly.Instance(module, { './sessiongate_bg.js': core })
core.__wbg_set_wasm(instance.exports)
instance.exports.__wbindgen_start?.()

/** `{ value }`, or `{ error }` with what the border threw, read from its JSON. */
export function attempt(call) {
  try {
    return { value: call() }
  } catch (error) {
    if (typeof error !== 'string') throw error
    return { error: JSON.parse(error) }
  }
}

/** A request as the border reads it; `headers` are names and values in turn. */
export function requestText(method, url, headers) {
  const pairs = headers.flatMap((name, i) => (i % 2 === 0 ? [[name, headers[i + 1]]] : []))
  return headOf({ method, url, headers: pairs }).text
}

/** Hands a request to a gate and asks about it: the answer as an object. */
export function ask(gate, request, question) {
  gate.setRequest(request, '')
  question(...SET)
  return JSON.parse(gate.answer())
}

/** The lengths of a request that was set, and that all its headers were looked at. */
const SET = [0xffff_ffff, 0, 0xffff_ffff]
