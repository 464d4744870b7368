// Runs one application through its rows, once for each provider.

import { backend } from './backend.mjs'
import { complaints } from './check.mjs'
import { send } from './client.mjs'
import { freePort, start } from './server.mjs'
import { clerkVisitors, superTokensVisitors } from './visitors.mjs'

/**
 * Starts `command` with the environment of `provider` and sends the rows, one after the other. Gives
 * the results: `{ name, why }`, `why` being `null` for what passed.
 */
export async function run({ command, folder, provider, rows, manifest = {} }) {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  let made
  const api = await backend((question) => made.answer(question))
  try {
    made =
      provider === 'clerk' ? clerkVisitors(origin, api.url) : superTokensVisitors(origin, api.url)
    const environment = { ...made.environment, APP_ORIGIN: origin, PROVIDER: provider }
    const server = await start(command, folder, port, { ...environment, ...manifest.environment })
    try {
      const words = { origin, 'origin-encoded': encodeURIComponent(origin), ...made.words }
      const results = []
      for (const row of rows) results.push(await one(row, port, made, words, manifest))
      const failed = results.some(({ why }) => why !== null)
      return failed ? results.map((result) => ({ ...result, log: server.log() })) : results
    } finally {
      await server.stop()
    }
  } finally {
    await api.stop()
  }
}

async function one({ name, request, expect }, port, { visitors }, words, manifest) {
  const { visitor, headers, ...rest } = request
  if (!(visitor in visitors)) return { name, why: `there is no visitor ${visitor}` }
  try {
    const answer = await send(port, {
      ...rest,
      headers: { ...filled(headers, words), ...visitors[visitor] },
    })
    const found = complaints(answer, expect, words, manifest)
    return { name, why: found.length === 0 ? null : found.join('; ') }
  } catch (error) {
    return { name, why: String(error) }
  }
}

/** Headers with the words that are known when the application runs. */
function filled(headers, words) {
  const fill = (text) => text.replace(/\{([\w-]+)\}/g, (all, name) => words[name] ?? all)
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)]))
}
