import { sessionGate } from 'sessiongate/astro'
import { options } from './gate.mjs'

export const onRequest = sessionGate(options)
