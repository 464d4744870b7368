/** Requests that are none: what a client sent wrong is its own fault, not the application's. */

/**
 * The answer to a request that could not be read, such as one with a `Host` that is no host.
 * Anything else is thrown on.
 */
export function misuseAnswer(error: unknown): Response {
  const { name, code, message } = error as { name?: string; code?: string; message?: string }
  if (name !== 'RequestError') throw error
  const headers = { 'cache-control': 'private, no-store', 'content-type': 'application/json' }
  return new Response(`${JSON.stringify({ error: { code, message } })}\n`, { status: 400, headers })
}
