// Subjects that take turns, so that whatever else the machine does meets all of them alike.

/**
 * The mean microseconds of one call, by subject and round. A subject has `prepare(count)`, whose
 * items are made outside the time, and `call(item)`, which throws for a wrong answer.
 */
export async function inTurns(subjects, { rounds, calls, warmUp }) {
  const times = subjects.map(() => [])
  for (const subject of subjects) await timed(subject, subject.warmUp ?? warmUp)
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const place = (turn + round) % subjects.length
      const subject = subjects[place]
      const count = subject.calls ?? calls
      times[place].push(((await timed(subject, count)) * 1000) / count)
    }
  }
  return times
}

/** The milliseconds of so many calls; one goes before them, to fill the processor's caches. */
async function timed({ prepare, call }, count) {
  const [first, ...items] = prepare(count + 1)
  await call(first)
  const before = performance.now()
  for (const item of items) {
    const result = call(item)
    if (result instanceof Promise) await result
  }
  return performance.now() - before
}
