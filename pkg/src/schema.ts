/** The claims as an application's own schema sees them. It says what is right; the core decides. */
import { ConfigError } from './errors.js'
import { Recent } from './recent.js'
import type { SchemaIssue, SchemaResult, StandardSchema } from './types.js'

/** What is wrong with a claim, as the core hands it on in `claimErrors`. */
interface ClaimError {
  readonly id: string
  readonly reason: { readonly message: string }
}

/** Asks one schema about claims; each claims set that has a number is asked about once. */
export class SchemaCheck {
  readonly #schema: StandardSchema['~standard']
  /** What the schema made of claims, by their numbers. */
  readonly #outputs: Recent<object>
  #thrown: { readonly error: unknown } | null = null

  /** `schema` is looked at; `max` outputs are remembered. */
  constructor(schema: unknown, max: number) {
    this.#schema = standard(schema)
    // The number of the claims at hand must be known until their answer is made.
    this.#outputs = new Recent(Math.max(max, 1))
  }

  /**
   * Called by the core: nothing when the claims are right, else the errors as JSON. It never throws:
   * the core then hears that the schema cannot tell, and {@link rethrow} throws.
   */
  check(number: number, claims: string): string | undefined {
    try {
      const result = this.#ask(JSON.parse(claims))
      if (result.issues !== undefined) return JSON.stringify(result.issues.map(errorOf))
      if (number !== 0) this.#outputs.get(number, () => result.value)
      return undefined
    } catch (error) {
      this.#thrown = { error }
      return 'null'
    }
  }

  /** Throws what the schema has thrown since the last time. */
  rethrow(): void {
    if (this.#thrown === null) return
    const { error } = this.#thrown
    this.#thrown = null
    throw error
  }

  /** Claims that were found right, with what the schema made of them in place of the same names. */
  applied<T extends object>(number: number, claims: T): T {
    // Too many others were seen since: what the schema said once it says again.
    const again = () => {
      const result = this.#ask(structuredClone(claims))
      return result.issues === undefined ? result.value : {}
    }
    const output = number === 0 ? again() : this.#outputs.get(number, again)
    return { ...claims, ...output }
  }

  /** The same when somebody looks, and once. */
  shown<T extends object>(number: number, claims: () => T | null): () => T | null {
    let shown: T | null = null
    return () => {
      const own = claims()
      if (own !== null) shown ??= Object.freeze(this.applied(number, own))
      return shown
    }
  }

  #ask(claims: unknown): SchemaResult<object> {
    const result = this.#schema.validate(claims)
    if (result instanceof Promise || 'then' in result) {
      // Nobody waits for it; should it fail, nobody is to hear of that either.
      Promise.resolve(result).catch(() => {})
      throw new ConfigError('schema-async', 'claims', ASYNC)
    }
    if (
      result.issues === undefined &&
      (typeof result.value !== 'object' || result.value === null)
    ) {
      throw new ConfigError('schema-output', 'claims', OUTPUT)
    }
    return result
  }
}

const ASYNC =
  'The schema must answer at once: its checks and transformations may not be asynchronous, because a gate decides about claims without waiting for anything.'
const OUTPUT = 'The schema must make an object of the claims.'

/** The part of a schema that every library has in the same form. */
function standard(schema: unknown): StandardSchema['~standard'] {
  const isHolder = (typeof schema === 'object' || typeof schema === 'function') && schema !== null
  const part = isHolder ? (schema as Partial<StandardSchema>)['~standard'] : undefined
  if (typeof part?.validate !== 'function') {
    const message = 'This must be a schema as https://standardschema.dev describes it.'
    throw new ConfigError('wrong-type', 'claims', message)
  }
  return part
}

function errorOf({ message, path = [] }: SchemaIssue): ClaimError {
  const keys = path.map((part) => String(typeof part === 'object' ? part.key : part))
  return { id: keys.join('.'), reason: { message: String(message) } }
}
