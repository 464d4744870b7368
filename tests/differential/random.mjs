// Random numbers that a seed repeats: the same seed and stream always give the same sequence.

export class Random {
  #state

  /** `stream` numbers the sequences of one seed, so that a case does not depend on those before. */
  constructor(seed, stream = 0) {
    this.#state = mixed(mixed(seed) ^ Math.imul(stream + 1, 0x9e3779b1))
  }

  /** In [0, 1). */
  next() {
    // Mulberry32: one 32-bit word of state is plenty for test data.
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let word = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32
  }

  chance(probability) {
    return this.next() < probability
  }

  /** A whole number, both ends included. */
  int(from, to) {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  pick(list) {
    return list[Math.floor(this.next() * list.length)]
  }

  /** One of `[weight, value]` pairs. */
  weighted(pairs) {
    const total = pairs.reduce((sum, [weight]) => sum + weight, 0)
    let rest = this.next() * total
    for (const [weight, value] of pairs) {
      rest -= weight
      if (rest < 0) return value
    }
    return pairs[pairs.length - 1][1]
  }

  /** Some of the list, in its order. */
  some(list, probability = 0.5) {
    return list.filter(() => this.chance(probability))
  }

  /** Letters and digits. */
  word(length = 6) {
    const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
    return Array.from({ length }, () => this.pick(letters)).join('')
  }
}

function mixed(word) {
  let hash = word | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
