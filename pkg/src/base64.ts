/** Base64 in both alphabets, with what every runtime has. */

/** The bytes of standard base64. */
export function bytesFromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

/** The bytes of base64url without padding (RFC 4648 section 5), as the core writes it. */
export function bytesFromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return bytesFromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
}

/** Base64url without padding, as the core reads it. */
export function base64urlFromBytes(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
