// Makes a case that fails smaller, for as long as it fails in the same way.

/** How many smaller cases are tried. */
const ATTEMPTS = 150

/**
 * `fails(case)` resolves to whether a smaller case still shows what is to be shown; `smallerOf(case)`
 * gives the cases with one thing less.
 */
export async function shrink(testCase, fails, smallerOf = smaller) {
  let smallest = testCase
  let attempts = 0
  for (let changed = true; changed; ) {
    changed = false
    for (const candidate of smallerOf(smallest)) {
      if (attempts++ >= ATTEMPTS) return smallest
      if (await fails(candidate)) {
        smallest = candidate
        changed = true
        break
      }
    }
  }
  return smallest
}

/** Each with one thing less. */
function* smaller(testCase) {
  const { headers, url } = testCase
  for (let index = 0; index < headers.length; index++) {
    yield { ...testCase, headers: headers.toSpliced(index, 1) }
  }
  for (const group of ['options', 'ours', 'toAuth', 'network']) {
    for (const name of Object.keys(testCase[group])) {
      const { [name]: _, ...rest } = testCase[group]
      yield { ...testCase, [group]: rest }
    }
  }
  yield* smallerCookies(testCase)
  const bare = new URL(url)
  for (const part of ['hash', 'search', 'pathname']) {
    if (bare[part].length <= 1) continue
    const target = new URL(url)
    target[part] = ''
    yield { ...testCase, url: target.href }
  }
  for (const name of new Set(bare.searchParams.keys())) {
    const target = new URL(url)
    target.searchParams.delete(name)
    yield { ...testCase, url: target.href }
  }
  if (testCase.method !== 'GET') yield { ...testCase, method: 'GET' }
}

function* smallerCookies(testCase) {
  const index = testCase.headers.findIndex(([name]) => name === 'cookie')
  if (index < 0) return
  const pairs = testCase.headers[index][1].split(';')
  if (pairs.length < 2) return
  for (let pair = 0; pair < pairs.length; pair++) {
    const text = pairs.toSpliced(pair, 1).join(';').trim()
    yield { ...testCase, headers: testCase.headers.with(index, ['cookie', text]) }
  }
}
