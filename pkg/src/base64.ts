/** Base64 in both alphabets, with what the runtime has. */

/** Decoders that not every runtime has. */
interface Decoders {
  Buffer?: { from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer> }
  Uint8Array: { fromBase64?(text: string): Uint8Array<ArrayBuffer> }
}

/** The bytes of standard base64. The module is large: decoding it is a good part of a cold start. */
export function bytesFromBase64(text: string): Uint8Array<ArrayBuffer> {
  const host = globalThis as Decoders
  if (host.Uint8Array.fromBase64 !== undefined) return host.Uint8Array.fromBase64(text)
  if (host.Buffer !== undefined) return host.Buffer.from(text, 'base64')
  return bytesOfBinary(atob(text))
}

/** The bytes of base64url without padding (RFC 4648 section 5), as the core writes it. */
export function bytesFromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return bytesOfBinary(atob(text.replaceAll('-', '+').replaceAll('_', '/')))
}

/** Base64url without padding, as the core reads it. */
export function base64urlFromBytes(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function bytesOfBinary(binary: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}
