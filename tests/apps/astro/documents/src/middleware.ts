import { sessionGate } from 'sessiongate/astro'

export const onRequest = sessionGate()
