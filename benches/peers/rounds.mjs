// Races in rounds: in each round every contender has its turn, so that whatever else the machine does
// meets all alike. Runs in every runtime that has a clock.

import { racesOf, WARM_TOKENS } from './requests.mjs'

/**
 * How long races are, in calls of each contender. Many short turns: what else the machine does then
 * falls upon few of them and leaves the median alone. `outside` is for a clock outside, which sees
 * nothing of so few calls. Where it is `cold`, no token is used twice.
 */
export const LENGTHS = {
  full: {
    inside: {
      cold: { warmUp: 1000, rounds: 100, calls: 20 },
      other: { warmUp: 1000, rounds: 60, calls: 80 },
    },
    outside: {
      cold: { warmUp: 1000, rounds: 20, calls: 100 },
      other: { warmUp: 1000, rounds: 20, calls: 600 },
    },
  },
  quick: {
    inside: {
      cold: { warmUp: 10, rounds: 4, calls: 10 },
      other: { warmUp: 10, rounds: 4, calls: 20 },
    },
    outside: {
      cold: { warmUp: 10, rounds: 4, calls: 10 },
      other: { warmUp: 10, rounds: 4, calls: 20 },
    },
  },
}

/**
 * So many calls go before those that are timed in each turn: whoever had the turn before left the
 * processor's caches full of other things.
 */
const LEAD_IN = 4

/** How many tokens races of these lengths need. */
export function tokensFor({ inside, outside }) {
  const tokens = [inside, outside].map(({ cold: { warmUp, rounds, calls } }) => {
    return warmUp + rounds * (LEAD_IN + calls)
  })
  return Math.max(WARM_TOKENS, ...tokens)
}

/** How long a race is. */
export function lengthOf({ cold, other }, { name }) {
  return name === 'cold' ? cold : other
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
    const results = await run(race, entered, lengthOf(length, race), now)
    finished.push({ field: race.field, name: race.name, results })
  }
  return finished
}

/**
 * Makes so many `requests` and answers the first `calls` of them; every answer is compared. Gives the
 * milliseconds of the calls but for the first `leadIn`.
 */
export async function leg(race, { call, contender }, { start, requests, calls, leadIn = 0 }, now) {
  const made = Array.from({ length: requests }, (_, index) => race.request(start + index))
  const users = new Array(calls)
  let before = now()
  for (let index = 0; index < calls; index++) {
    if (index === leadIn) before = now()
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
    const all = LEAD_IN + calls
    const share = { start: warmUp + round * all, requests: all, calls: all, leadIn: LEAD_IN }
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
