/**
 * A schema of any library that implements Standard Schema (https://standardschema.dev, version 1), such
 * as Zod, Valibot and ArkType. Only what is used here is described.
 */
export interface StandardSchema<Output extends object = object> {
  readonly '~standard': {
    readonly version: 1
    /** The library. */
    readonly vendor: string
    /** Looks at a value, and says what it becomes or what is wrong with it. */
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    /** There for the compiler alone. */
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined
  }
}

/** What a schema says of a value. */
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

/** One thing that is wrong with a value. */
export interface SchemaIssue {
  readonly message: string
  /** Where it is wrong: the keys from the outside in. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}
