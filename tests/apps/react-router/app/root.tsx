import { Outlet, Scripts } from 'react-router'
import { sessionGate } from 'sessiongate/react-router'
import { options } from './gate.mjs'

// Before the loaders and actions of every route.
export const middleware = [sessionGate(options)]

export default function Root() {
  return (
    <html lang="en">
      <body>
        <Outlet />
        <Scripts />
      </body>
    </html>
  )
}
