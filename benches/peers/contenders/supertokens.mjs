// SuperTokens' own kit: `getSession` behind its adapter for frameworks that it does not know, with
// the cookies parsed as it does for Next.js.

import { parseCookie } from 'cookie'
import supertokens from 'supertokens-node'
import { CollectingResponse, PreParsedRequest } from 'supertokens-node/framework/custom/index.js'
import Session from 'supertokens-node/recipe/session/index.js'

let isStarted = false

export function contenders({ session }) {
  const make = () => {
    start(session)
    return async (request) => {
      const found = await Session.getSession(parsed(request), new CollectingResponse(), OPTIONAL)
      return found === undefined ? null : found.getUserId()
    }
  }
  return [{ name: 'supertokens-node getSession', fields: ['session'], decides: true, make }]
}

const OPTIONAL = { sessionRequired: false }

function parsed(request) {
  const { url, method, headers } = request
  return new PreParsedRequest({
    url,
    method,
    headers,
    cookies: parseCookie(headers.get('cookie') ?? ''),
    query: {},
    getFormBody: () => request.formData(),
    getJSONBody: () => request.json(),
  })
}

/** The kit is one for the whole process. */
function start({ coreUrl, apiDomain, websiteDomain }) {
  if (isStarted) return
  isStarted = true
  supertokens.init({
    framework: 'custom',
    supertokens: { connectionURI: coreUrl },
    appInfo: { appName: 'benchmark', apiDomain, websiteDomain },
    recipeList: [Session.init()],
    telemetry: false,
  })
}
