// The application: a plain Node server whose every request passes the gate first.

import { existsSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { formOf, listen, send } from './http.mjs'
import { PEOPLE } from './issuer.mjs'
import { adminPage, dashboardPage, homePage, refusalPage, signInPage } from './pages.mjs'

const entry = new URL('../pkg/dist/entry/inline.js', import.meta.url)
if (!existsSync(entry)) {
  console.error('pkg/dist is missing. Run `cargo xtask build` first.')
  process.exit(1)
}
const { clerk, createGate } = await import(entry)

const ROUTES = [
  { path: ['/', '/sign-in', '/sign-out'], access: 'public' },
  { path: '/dashboard(.*)', access: 'signed-in' },
  { path: '/admin(.*)', access: { role: 'org:admin' } },
  { path: '/api(.*)', access: 'signed-in', onDenied: 'status' },
  { path: '/(.*)', access: 'signed-in' },
]

const PAGES = {
  '/': homePage,
  '/sign-in': signInPage,
  '/dashboard': dashboardPage,
  '/admin': adminPage,
}

/** Starts it with the keys of `issuer`. */
export async function startServer(issuer) {
  const jwks = await (await fetch(issuer.jwksUrl)).json()
  const server = await listen((request, response) => handle(request, response))
  const { origin } = server
  const gate = createGate({
    provider: clerk({ jwks, authorizedParties: [origin], audience: 'demo', signInUrl: '/sign-in' }),
    routes: ROUTES,
  })
  return server

  async function handle(request, response) {
    const start = performance.now()
    const decision = gate.checkSync(request)
    const micros = (performance.now() - start) * 1000
    log(request, decision, micros)
    const answer = refusalOf(request, decision, micros)
    if (answer !== null) return send(response, answer, shown(decision, micros))
    const page = await answerTo(request, decision, micros)
    return send(response, page, [...decision.headers, ...shown(decision, micros)])
  }

  /** The gate's own answer; for those who look at a page, the same as a page. */
  function refusalOf({ headers }, decision, micros) {
    const answer = decision.toResponse()
    const isPage = decision.outcome === 'deny' && headers.accept?.includes('text/html')
    if (!isPage) return answer
    const all = new Headers(answer.headers)
    all.set('content-type', 'text/html; charset=utf-8')
    const body = refusalPage({ decision, micros, issuer })
    return new Response(body, { status: answer.status, headers: all })
  }

  async function answerTo(request, decision, micros) {
    const { pathname, searchParams } = new URL(request.url, origin)
    if (request.method === 'POST') return post(pathname, searchParams, await formOf(request))
    if (pathname === '/api/me') return Response.json(decision.auth)
    const page = PAGES[pathname]
    if (page === undefined) return new Response('There is no such page.\n', { status: 404 })
    const html = page({ decision, micros, back: searchParams.get('redirect_url') ?? '', issuer })
    return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } })
  }

  function post(pathname, searchParams, form) {
    if (pathname === '/sign-out') return seeOther(`${origin}/`, '')
    if (pathname !== '/sign-in') return new Response(null, { status: 405 })
    const token = tokenFor(form)
    if (token === null) return new Response('There is nobody of that name.\n', { status: 400 })
    return seeOther(backTo(searchParams.get('redirect_url')), token)
  }

  function tokenFor(form) {
    const [person, broken] = [form.get('person'), form.get('broken')]
    if (Object.hasOwn(PEOPLE, person ?? '')) return issuer.mint(person, origin)
    if (Object.hasOwn(issuer.broken, broken ?? '')) return issuer.broken[broken](origin)
    return null
  }

  /** Only to this application, and as a whole address: a path alone might start with `//`. */
  function backTo(address) {
    const url = URL.canParse(address ?? '', origin) ? new URL(address ?? '', origin) : null
    return url?.origin === origin && url.pathname !== '/' ? url.href : `${origin}/dashboard`
  }
}

function seeOther(location, token) {
  const life = token === '' ? '; Max-Age=0' : ''
  const headers = {
    location,
    'set-cookie': `__session=${token}; Path=/; HttpOnly; SameSite=Lax${life}`,
  }
  return new Response(null, { status: 303, headers })
}

/** What the walk, and a curious visitor, can read of a decision. */
function shown({ outcome, reason, state }, micros) {
  return [
    ['server-timing', `decision;dur=${(micros / 1000).toFixed(3)}`],
    ['x-demo-outcome', outcome],
    ['x-demo-reason', reason ?? state.reason ?? ''],
    ['x-demo-detail', state.detail ?? ''],
  ]
}

function log({ method, url }, { outcome, status, reason, state }, micros) {
  if (process.argv.includes('--once')) return
  const why = [reason ?? state.reason, state.detail].filter((one) => one !== null).join(', ')
  console.log(
    `${method} ${url.slice(0, 60)}  ${outcome} ${status}  ${why}  ${micros.toFixed(0)} µs`,
  )
}
