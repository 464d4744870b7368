import { sessionGate } from 'sessiongate/next'
import { options } from './gate.mjs'

export default sessionGate(options)

export const config = {
  // Everything but Next's own files.
  matcher: ['/((?!_next/static|_next/image|favicon.ico).*)'],
}
