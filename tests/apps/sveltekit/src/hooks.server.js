import { sessionGate } from 'sessiongate/sveltekit'
import { options } from './gate.mjs'

export const handle = sessionGate(options)
