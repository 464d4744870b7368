// Every combination, without trying the same thing twice: a value is chosen when it is first looked at, and
// the run is made again for each of its other values. What a run never looked at, it stands for.

/** The choices of one run. `dimensions` has the possible values by name. */
export class Choices {
  /** `{ name, place }` of each choice, in the order in which they were made. */
  made = []
  #dimensions
  #given

  constructor(dimensions, given = []) {
    this.#dimensions = dimensions
    this.#given = given
  }

  /** The value of a dimension: the same whenever it is asked for. */
  pick(name) {
    const values = this.#dimensions[name]
    if (values === undefined) throw new Error(`There is no dimension ${name}.`)
    let choice = this.made.find((made) => made.name === name)
    if (choice === undefined) {
      choice = { name, place: this.#given[this.made.length] ?? 0 }
      this.made.push(choice)
    }
    return values[choice.place]
  }

  /** The combinations that this run stands for. */
  get weight() {
    const open = Object.keys(this.#dimensions).filter((name) => {
      return !this.made.some((made) => made.name === name)
    })
    return open.reduce((product, name) => product * this.#dimensions[name].length, 1)
  }

  /** Where to go on after this run; `null` after the last one. */
  get next() {
    const places = this.made.map(({ place }) => place)
    for (let last = this.made.length - 1; last >= 0; last--) {
      if (places[last] + 1 < this.#dimensions[this.made[last].name].length) {
        return [...places.slice(0, last), places[last] + 1]
      }
    }
    return null
  }

  /** The names of the chosen values, for those who read them. */
  toString() {
    const nameOf = (value) => String(value?.name ?? value)
    return this.made
      .map(({ name, place }) => `${name}: ${nameOf(this.#dimensions[name][place])}`)
      .join(', ')
  }
}

/** The number of all combinations. */
export function sizeOf(dimensions) {
  return Object.values(dimensions).reduce((product, values) => product * values.length, 1)
}

/** Calls `run(choices)` until every combination was one of those that a run stood for. */
export async function explore(dimensions, run) {
  for (let given = []; given !== null; ) {
    const choices = new Choices(dimensions, given)
    await run(choices)
    given = choices.next
  }
}
