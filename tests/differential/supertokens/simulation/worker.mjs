// A thread that walks through whole scenarios: the kit and the API exist once in each.

import { parentPort } from 'node:worker_threads'
import { at } from '../peer.mjs'
import { runScenario } from './run.mjs'
import { SCENARIOS } from './scenarios.mjs'
import { NOW } from './tokens.mjs'

parentPort.on('message', async ({ name, show }) => {
  const scenario = SCENARIOS.find((one) => one.name === name)
  const result = await at(NOW, () => runScenario(scenario, { show }))
  parentPort.postMessage(result)
})
