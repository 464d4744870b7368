// Reads the profiles of V8: which function the processor was in, and to which area it belongs.

/**
 * The microseconds in each function itself, as far as `root` was under way: `[{ frame, us }]`. What V8 does
 * beside it, such as collecting garbage, has no caller and counts when the sample before it was below.
 */
export function selfTimes({ nodes, samples, timeDeltas }, root) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const isBelow = below(nodes, byId, root)
  const times = new Map()
  let wasBelow = false
  samples.forEach((id, index) => {
    const { callFrame } = byId.get(id)
    const isGarbage = callFrame.functionName === '(garbage collector)'
    const counts = isGarbage ? wasBelow : isBelow.has(id)
    if (!isGarbage) wasBelow = counts
    // A delta is the time since the sample before.
    const us = timeDeltas[index + 1] ?? 0
    if (counts) times.set(id, (times.get(id) ?? 0) + us)
  })
  return [...times].map(([id, us]) => ({ frame: byId.get(id).callFrame, us }))
}

/** The same as `[{ name, area, us }]`. */
export function functionsOf(times) {
  return times.map(({ frame, us }) => {
    const name = nameOf(frame)
    return { name, area: areaOf(frame, name), us }
  })
}

/** Shares of the whole by what `key` gives, the largest first. */
export function sumsBy(functions, key) {
  const whole = functions.reduce((sum, { us }) => sum + us, 0)
  const sums = new Map()
  for (const one of functions) sums.set(key(one), (sums.get(key(one)) ?? 0) + one.us)
  const shares = [...sums].map(([name, us]) => ({ name, share: Number((us / whole).toFixed(4)) }))
  return shares.sort((one, other) => other.share - one.share)
}

/** The first expression that fits says to which area a function of the module belongs. */
const MODULE_AREAS = [
  [/\bring(_core|::)|sessiongate_kernels|sessiongate::signature|\bsha2::/, 'signature'],
  [/sessiongate::cookie/, 'cookies'],
  [/sessiongate::cache/, 'cache of tokens'],
  [
    /sessiongate::(token|base64url|json|claims|provider::jwt)|base64|serde_json/,
    'token and claims',
  ],
  [/sessiongate::(policy|url|ecma)|form_urlencoded|percent/, 'routes and addresses'],
  [/sessiongate::(provider|host|auth|decision|gate|key|time|reason)/, 'rules of the provider'],
  [/sessiongate::(wasm|request|report)|wasm_bindgen|wbindgen|gatehandle/i, 'border, in the module'],
  [
    /talc|dlmalloc|__rust|alloc::|hashbrown|mem(cpy|cmp|set|move)|core::|drop_in_place/,
    'memory and texts',
  ],
]
const SCRIPT_AREAS = [
  [/undici|node:internal/, 'headers and other parts of Node'],
  [/dist\/wasm\//, 'border, in JavaScript'],
  [/dist\/(border|core-calls|core)\.js/, 'border, in JavaScript'],
  [/dist\/request\.js/, 'reading the request, in JavaScript'],
  [/dist\/(core-answers|decision|answer)\.js/, 'building the answer, in JavaScript'],
  [/dist\//, 'the rest of the package'],
]

function areaOf({ url, functionName }, name) {
  if (functionName === '(garbage collector)') return 'garbage collection'
  if (functionName === '(program)' || functionName === '(idle)') return 'V8 itself'
  if (url.startsWith('wasm:')) return first(MODULE_AREAS, name) ?? 'the rest of the module'
  if (url === '') return 'built-in functions of V8 and Node'
  return first(SCRIPT_AREAS, url) ?? 'the measurement'
}

function first(areas, text) {
  return areas.find(([pattern]) => pattern.test(text))?.[1]
}

/** Without the hashes that Rust puts into its names, and with the file of a script. */
function nameOf({ url, functionName }) {
  const plain = functionName.replace(/::h[\da-f]{16}$|\[[\da-f]{16}\]/g, '') || '(anonymous)'
  if (url === '' || url.startsWith('wasm:')) return plain
  return `${plain} (${url.split('/').at(-1)})`
}

/** The ids of all nodes below those of the function `root`, and of these. */
function below(nodes, byId, root) {
  const found = new Set()
  const visit = (node) => {
    found.add(node.id)
    for (const child of node.children ?? []) visit(byId.get(child))
  }
  for (const node of nodes) if (node.callFrame.functionName === root) visit(node)
  return found
}
