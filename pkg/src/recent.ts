/**
 * What was seen lately, by its number: two generations, of which the older one goes when the younger
 * one is full. Nothing is ever deleted one by one, which costs more than all else here.
 */
export class Recent<T> {
  readonly #max: number
  #young = new Map<number, T>()
  #old = new Map<number, T>()

  constructor(max: number) {
    this.#max = max
  }

  get(number: number, make: () => T): T {
    const known = this.#young.get(number)
    if (known !== undefined) return known
    const made = this.#old.get(number) ?? make()
    if (this.#young.size >= this.#max) {
      this.#old = this.#young
      this.#young = new Map()
    }
    if (this.#max > 0) this.#young.set(number, made)
    return made
  }
}
