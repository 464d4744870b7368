// Races in rounds: in each round every contender has its turn, so that whatever else the machine does
// meets all alike. Runs in every runtime that has a clock.

import { racesOf, WARM_TOKENS } from './requests.mjs'

/**
 * How long races are, in calls of each contender; `cold` is shorter, because no token is used twice
 * there, and `outside` has the calls that it takes to see anything through a request over loopback.
 */
export const LENGTHS = {
  full: {
    cold: { warmUp: 1000, rounds: 40, calls: 50 },
    other: { warmUp: 1000, rounds: 40, calls: 200 },
    outside: { warmUp: 1000, rounds: 20, calls: 600 },
  },
  quick: {
    cold: { warmUp: 10, rounds: 4, calls: 10 },
    other: { warmUp: 10, rounds: 4, calls: 20 },
    outside: { warmUp: 10, rounds: 4, calls: 20 },
  },
}

/** How many tokens races of this length need. */
export function tokensFor({ cold: { warmUp, rounds, calls } }) {
  return Math.max(WARM_TOKENS, warmUp + rounds * calls)
}

/**
 * Runs all races. Gives, for each, the mean microseconds of one call by contender and round:
 * `[{ field, name, results: [{ name, decides, isOurs, us: [] }] }]`. A wrong answer ends everything.
 *
 * Inside the time: from the web `Request` to the user's id. Outside: making the `Request`, fresh for
 * every call, and comparing the answer with the right one.
 */
export async function runRaces(material, contenders, length, now = () => performance.now()) {
  const finished = []
  for (const race of racesOf(material)) {
    const entered = contenders.filter(({ fields }) => fields.includes(race.field))
    if (entered.length === 0) continue
    const results = await run(race, entered, length[race.name] ?? length.other, now)
    finished.push({ field: race.field, name: race.name, results })
  }
  return finished
}

/**
 * Makes so many `requests` and answers the first `calls` of them; every answer is compared. Gives the
 * milliseconds of the calls.
 */
export async function leg(race, { call, contender }, { start, requests, calls }, now) {
  const made = Array.from({ length: requests }, (_, index) => race.request(start + index))
  const users = new Array(calls)
  const before = now()
  for (let index = 0; index < calls; index++) {
    const user = call(made[index])
    users[index] = user instanceof Promise ? await user : user
  }
  const ms = now() - before
  users.forEach((user, index) => {
    // The floor finds the token and reads nothing of it.
    const right = contender.isFloor ? undefined : race.user(start + index)
    if (user !== right) {
      throw new Error(`${contender.name}, ${race.field} ${race.name}: ${user} in place of ${right}`)
    }
  })
  return ms
}

async function run(race, contenders, { warmUp, rounds, calls }, now) {
  const runners = []
  for (const contender of contenders) {
    // Made anew for each race: no cache knows a token from another one.
    runners.push({ contender, call: await contender.make(), us: [] })
  }
  for (const runner of runners) {
    await leg(race, runner, { start: 0, requests: warmUp, calls: warmUp }, now)
  }
  for (let round = 0; round < rounds; round++) {
    const share = { start: warmUp + round * calls, requests: calls, calls }
    for (let turn = 0; turn < runners.length; turn++) {
      const runner = runners[(turn + round) % runners.length]
      const ms = await leg(race, runner, share, now)
      runner.us.push((ms * 1000) / calls)
    }
  }
  return runners.map(({ contender: { name, decides = false, isOurs = false }, us }) => {
    return { name, decides, isOurs, us }
  })
}
