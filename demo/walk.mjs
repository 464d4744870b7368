// A walk through the application over HTTP: each step says what must come of it.

const PAGE = { accept: 'text/html', 'sec-fetch-dest': 'document' }
const SCRIPT = { accept: 'application/json', 'sec-fetch-dest': 'empty' }
const REFRESH = 'session-token-expired-refresh-non-eligible-no-refresh-cookie'

/** Rounds before the one that is shown: the times are those of a server that has been running. */
const WARM_UP = 20

/** Walks, prints each decision and returns the number of surprises. */
export async function walk(origin, issuer) {
  for (let round = 0; round < WARM_UP; round++) {
    for (const step of steps(origin, issuer)) await take(origin, step)
  }
  console.log(row(['', 'request', 'status', 'outcome', 'reason', 'exact rule', 'decided in']))
  let surprises = 0
  for (const step of steps(origin, issuer)) {
    const { cells, problems } = await take(origin, step)
    console.log(row([problems.length === 0 ? 'ok' : 'NO', step.what, ...cells]))
    for (const problem of problems) console.log(`    ${problem}`)
    if (problems.length > 0) surprises++
  }
  const all = steps(origin, issuer).length
  console.log(`${all - surprises} passed, ${surprises} failed, 0 skipped`)
  return surprises
}

function steps(origin, issuer) {
  const ada = () => ({ ...PAGE, cookie: `__session=${issuer.mint('ada', origin)}` })
  const ben = () => ({ ...PAGE, cookie: `__session=${issuer.mint('ben', origin)}` })
  const bearer = () => ({ ...SCRIPT, authorization: `Bearer ${issuer.mint('ben', origin)}` })
  const signIn = (path) => `${origin}/sign-in?redirect_url=${encodeURIComponent(origin + path)}`
  const NOBODY = 'session-token-and-uat-missing'
  const refused = (what, reason, detail = '') => ({
    what,
    path: '/dashboard',
    headers: { ...PAGE, cookie: `__session=${issuer.broken[what](origin)}` },
    expect: { status: 307, outcome: 'redirect', reason, detail, location: signIn('/dashboard') },
  })
  return [
    {
      what: 'anonymous, public page',
      path: '/',
      headers: PAGE,
      expect: { status: 200, outcome: 'allow', reason: NOBODY, body: /createGate/ },
    },
    {
      what: 'anonymous, protected page',
      path: '/dashboard?tab=1',
      headers: PAGE,
      expect: {
        status: 307,
        outcome: 'redirect',
        reason: NOBODY,
        location: signIn('/dashboard?tab=1'),
      },
    },
    {
      what: 'anonymous, script',
      path: '/api/me',
      headers: SCRIPT,
      expect: { status: 401, outcome: 'deny', reason: NOBODY, body: /"error"/ },
    },
    {
      what: 'signs in and comes back',
      path: `/sign-in?redirect_url=${encodeURIComponent(`${origin}/admin`)}`,
      headers: PAGE,
      form: { person: 'ada' },
      expect: { status: 303, outcome: 'allow', reason: NOBODY, location: `${origin}/admin` },
    },
    {
      what: 'signs in, return address elsewhere',
      path: '/sign-in?redirect_url=https%3A%2F%2Fevil.example%2Fdashboard',
      headers: PAGE,
      form: { person: 'ada' },
      expect: { status: 303, outcome: 'allow', reason: NOBODY, location: `${origin}/dashboard` },
    },
    {
      what: 'signed in by cookie',
      path: '/dashboard',
      headers: ada(),
      expect: {
        status: 200,
        outcome: 'allow',
        reason: '',
        body: /Ada Lovelace.*ada@example\.com/s,
      },
    },
    {
      what: 'signed in by header',
      path: '/api/me',
      headers: bearer(),
      expect: { status: 200, outcome: 'allow', reason: '', body: /"fullName":"Ben Bitdiddle"/ },
    },
    {
      what: 'admin with the role',
      path: '/admin',
      headers: ada(),
      expect: { status: 200, outcome: 'allow', reason: '', body: /org:invoices:write/ },
    },
    {
      what: 'admin without the role',
      path: '/admin',
      headers: ben(),
      expect: { status: 403, outcome: 'deny', reason: 'role-missing', body: /role/ },
    },
    {
      what: 'a path with two readings',
      path: '/dashboard%2',
      headers: ada(),
      expect: { status: 400, outcome: 'deny', reason: 'path-malformed' },
    },
    refused('tampered', 'token-invalid-signature'),
    refused('expired', REFRESH, 'token-expired'),
    refused('wrong audience', 'token-verification-failed', 'aud-mismatch'),
    refused('foreign key', 'token-invalid-signature'),
    refused('unknown key', 'jwk-kid-mismatch', 'key-not-found'),
    refused('another origin', 'token-invalid-authorized-parties', 'azp-mismatch'),
    refused('unsigned', 'token-invalid-algorithm', 'alg-none'),
    refused('oversized', 'token-too-large'),
  ]
}

/** One request; returns what was decided, and what of it differs from what was expected. */
async function take(origin, { path, headers, form, expect }) {
  const response = await fetch(origin + path, {
    headers,
    redirect: 'manual',
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  })
  const header = (name) => response.headers.get(name) ?? ''
  const micros = Number(/dur=([\d.]+)/.exec(header('server-timing'))?.[1]) * 1000
  const got = {
    status: response.status,
    outcome: header('x-demo-outcome'),
    reason: header('x-demo-reason'),
    detail: header('x-demo-detail'),
    location: header('location'),
  }
  const wanted = { detail: '', location: '', ...expect }
  const problems = Object.keys(got)
    .filter((name) => got[name] !== wanted[name])
    .map((name) => `${name}: expected ${wanted[name]}, got ${got[name]}`)
  if (expect.body && !expect.body.test(await response.text())) {
    problems.push(`body: expected ${expect.body}`)
  }
  if (!(micros > 0)) problems.push('the time of the decision is missing')
  const { status, outcome, reason, detail } = got
  return { cells: [status, outcome, reason, detail, `${micros.toFixed(0)} µs`], problems }
}

const WIDTHS = [3, 35, 7, 9, 33, 15, 10]

function row(cells) {
  return cells
    .map((cell, index) => String(cell).padEnd(WIDTHS[index]))
    .join(' ')
    .trimEnd()
}
