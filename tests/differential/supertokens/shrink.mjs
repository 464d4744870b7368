// Which cases are smaller than a case; see ../shrink.mjs.

/** Each with one thing less. */
export function* smaller(testCase) {
  const { requests } = testCase
  for (let index = 0; requests.length > 1 && index < requests.length; index++) {
    yield { ...testCase, requests: requests.toSpliced(index, 1) }
  }
  for (const group of ['session', 'ours', 'options']) {
    for (const name of Object.keys(testCase[group])) {
      if (name === 'apiDomain' || name === 'websiteDomain') continue
      const { [name]: _, ...rest } = testCase[group]
      yield { ...testCase, [group]: rest }
    }
  }
  yield* smallerLists(testCase)
  if (testCase.hosts.length > 1 || testCase.hosts[0] !== 'up') yield { ...testCase, hosts: ['up'] }
  for (const [index, request] of requests.entries()) {
    for (const less of smallerRequest(request)) {
      yield { ...testCase, requests: requests.with(index, less) }
    }
  }
}

/** One validator less. */
function* smallerLists(testCase) {
  for (const group of ['options', 'session']) {
    const list = testCase[group].claimValidators ?? []
    for (let index = 0; list.length > 1 && index < list.length; index++) {
      const claimValidators = list.toSpliced(index, 1)
      yield { ...testCase, [group]: { ...testCase[group], claimValidators } }
    }
  }
}

function* smallerRequest(request) {
  const { headers, core, path } = request
  for (let index = 0; index < headers.length; index++) {
    yield { ...request, headers: headers.toSpliced(index, 1) }
  }
  for (const name of Object.keys(core)) {
    const { [name]: _, ...rest } = core
    yield { ...request, core: rest }
  }
  yield* smallerCookies(request)
  if (path.includes('?')) yield { ...request, path: path.split('?')[0] }
  if (request.method !== 'GET') yield { ...request, method: 'GET' }
}

function* smallerCookies(request) {
  for (const [index, [name, value]] of request.headers.entries()) {
    if (name !== 'cookie') continue
    const pairs = value.split(';')
    for (let pair = 0; pairs.length > 1 && pair < pairs.length; pair++) {
      const text = pairs.toSpliced(pair, 1).join(';').trim()
      yield { ...request, headers: request.headers.with(index, ['cookie', text]) }
    }
  }
}
