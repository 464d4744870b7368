/** What was seen lately, by numbers that only ever grow; the oldest makes way. */
export class Recent<T> {
  readonly #max: number
  readonly #known = new Map<number, T>()

  constructor(max: number) {
    this.#max = max
  }

  /** What is known of a number, or else made now. */
  get(number: number, make: () => T): T {
    let known = this.#known.get(number)
    if (known !== undefined) return known
    known = make()
    if (this.#known.size >= this.#max) {
      for (const oldest of this.#known.keys()) {
        this.#known.delete(oldest)
        break
      }
    }
    if (this.#max > 0) this.#known.set(number, known)
    return known
  }
}
