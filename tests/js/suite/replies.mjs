// A network that answers as a case says.

/** Answers by address: one reply, or a list of them of which the last one stays. */
export class Network {
  #replies
  #counts = new Map()
  #asked = []

  constructor(replies = {}) {
    this.#replies = replies
  }

  /** What was asked since it was last looked at. */
  take() {
    return this.#asked.splice(0)
  }

  fetch = async (url, { method, headers, body }) => {
    this.#asked.push({ method, url, headers: Object.fromEntries(headers), body: body ?? null })
    if (!Object.hasOwn(this.#replies, url)) throw new Error(`nobody answers at ${url}`)
    const list = [this.#replies[url]].flat()
    const count = this.#counts.get(url) ?? 0
    this.#counts.set(url, count + 1)
    const reply = list[Math.min(count, list.length - 1)]
    if (reply === null) throw new TypeError('no connection')
    return responseOf(reply)
  }
}

/** Not a `Response`, which in browsers holds no cookies. */
function responseOf({ status = 200, headers = [], body = '' }) {
  const values = (name) => headers.filter(([key]) => key === name).map(([, value]) => value)
  return {
    status,
    body: new Response(body).body,
    headers: {
      get: (name) => (values(name).length === 0 ? null : values(name).join(', ')),
      getSetCookie: () => values('set-cookie'),
    },
  }
}
