/** A clock that stands still until a test moves it. */
export interface TestClock {
  /** The time in ms since the epoch; what `createGate` takes as `clock`. */
  readonly now: () => number
  /** Moves the time on, or back when negative, by so many ms. */
  advance(ms: number): void
  /** Moves the time to a moment, in ms since the epoch or as a date. */
  set(time: number | Date): void
}

/**
 * Makes a clock that stands still, at this moment unless another `start` is given (ms since the epoch
 * or a date).
 */
export function testClock(start: number | Date = Date.now()): TestClock {
  let time = millis(start)
  return {
    now: () => time,
    advance: (ms) => {
      time = millis(time + ms)
    },
    set: (to) => {
      time = millis(to)
    },
  }
}

function millis(time: number | Date): number {
  const ms = Number(time)
  if (!Number.isFinite(ms)) throw new TypeError('The time must be a date or ms since the epoch.')
  return Math.trunc(ms)
}
