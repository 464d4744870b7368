import { clerk, createGate } from 'sessiongate'

createGate({ provider: clerk() }).chek
