/** Texts in the memory of the module. */
import { memory } from './core.js'

/** What `Buffer` can do in Node and Bun, where reading plain characters with it is the quickest. */
interface Bytes extends Uint8Array {
  toString(encoding?: 'latin1', start?: number, end?: number): string
}

interface Host {
  readonly Buffer?: { from(memory: ArrayBuffer): Bytes }
}

const decoder = new TextDecoder()
const { Buffer: HostBuffer } = globalThis as Host
/** All of the memory; empty once that has grown. */
let bytes: Bytes | null = null

/** The UTF-8 text of so many bytes at an address. */
export function textAt(address: number, length: number): string {
  return decoder.decode(new Uint8Array(memory(), address, length))
}

/** The same for a text of ASCII alone. */
export function asciiAt(address: number, length: number): string {
  if (HostBuffer === undefined) return textAt(address, length)
  if (bytes === null || bytes.buffer !== memory()) bytes = HostBuffer.from(memory())
  return bytes.toString('latin1', address, address + length)
}
