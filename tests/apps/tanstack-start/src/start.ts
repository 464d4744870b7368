import { createCsrfMiddleware, createMiddleware, createStart } from '@tanstack/react-start'
import { sessionGate } from 'sessiongate/tanstack-start'
import { options } from './gate.mjs'

const gate = createMiddleware().server(sessionGate(options))

// What TanStack Start does for server functions by itself while it has no `start.ts`.
const csrf = createCsrfMiddleware({ filter: ({ handlerType }) => handlerType === 'serverFn' })

export const startInstance = createStart(() => ({ requestMiddleware: [csrf, gate] }))
