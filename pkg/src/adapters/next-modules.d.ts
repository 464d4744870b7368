/** What of Next.js is used; its own declarations are those of whoever installed it. */
declare module 'next/headers' {
  export function headers(): Promise<Headers>
}

declare module 'next/navigation' {
  export function redirect(url: string): never
}
