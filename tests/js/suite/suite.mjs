// The suite: the same for every runtime, without any framework.

import * as testing from 'sessiongate/testing'
import { claimCases } from '../claim-cases.mjs'
import { apiChecks } from './api.mjs'
import { equal, run } from './check.mjs'
import { claimChecks } from './claims.mjs'
import { checksOf, requestsOf, webRequest } from './decisions.mjs'
import { engineChecks } from './engines.mjs'
import { schemaChecks } from './schema.mjs'
import { sessionFunctionChecks } from './session-functions.mjs'
import { sessionChecks } from './sessions.mjs'
import { testingChecks } from './testing.mjs'

/**
 * Runs everything against `api`, the package as the runtime imported it.
 *
 * Returns `{ passed, failed: [{ name, why }] }`. A browser's `Request` holds no cookies; everywhere
 * else most requests must have been tried in that form too.
 */
export async function suite(api, cases, { isBrowser = false } = {}) {
  await api.ready()
  const pick = (name) => {
    const found = cases.find((one) => one.name === name)
    if (found === undefined) throw new Error(`there is no case called ${name}`)
    return found
  }
  const requests = cases.filter(({ request, steps }) => request ?? steps).flatMap(requestsOf)
  const representable = requests.filter((request) => webRequest(request) !== null).length
  return run([
    ...cases.flatMap((one) => checksOf(api, one)),
    ...engineChecks(api, cases, pick),
    ...apiChecks(api, pick),
    ...claimChecks(api, claimCases),
    ...schemaChecks(api, pick),
    ...sessionChecks(api, pick),
    ...sessionFunctionChecks(api, { isBrowser }),
    ...testingChecks(api, testing, { isBrowser }),
    [
      'most requests were tried as a Request',
      () => equal(isBrowser || representable > requests.length * 0.9, true, `${representable}`),
    ],
  ])
}
