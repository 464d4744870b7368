// The worker that is measured from outside: each request asks for some calls of one contender in one
// race. The clock inside stands still, so nothing here looks at it.

import { racesOf } from '../requests.mjs'
import { leg } from '../rounds.mjs'

/** Makes the handler: `contendersOf(material)` as in the roster. */
export function handlerOf(material, contendersOf) {
  const races = racesOf(material)
  const contenders = contendersOf(material)
  const runners = new Map()
  const runnerOf = async (race, contender) => {
    const name = `${race} ${contender}`
    const known = runners.get(name)
    if (known !== undefined) return known
    const runner = { contender: contenders[contender], call: await contenders[contender].make() }
    runners.set(name, runner)
    return runner
  }
  const answer = async ({ searchParams }) => {
    const numberOf = (name) => Number(searchParams.get(name))
    const [place, contender, start] = ['race', 'contender', 'start'].map(numberOf)
    const race = races[place]
    const [requests, calls] = ['requests', 'calls'].map(numberOf)
    await leg(race, await runnerOf(place, contender), { start, requests, calls }, () => 0)
    return new Response('right')
  }
  const list = () =>
    Response.json({
      races: races.map(({ field, name }) => ({ field, name })),
      contenders: contenders.map(({ make: _, ...contender }) => contender),
    })
  return async (request) => {
    const url = new URL(request.url)
    if (url.pathname === '/list') return list()
    try {
      return await answer(url)
    } catch (error) {
      return new Response(String(error.stack), { status: 500 })
    }
  }
}
