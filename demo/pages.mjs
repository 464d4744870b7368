// The pages: small, and each with the decision that led to it.

import { PEOPLE } from './issuer.mjs'

export function homePage(visit) {
  return layout(
    visit,
    'sessiongate demo',
    `<p>Every request to this server passes a gate first: <code>createGate()</code> of the npm package.
What it decided about this very request stands on the right.</p>
<ul class="places">
<li><a href="/dashboard">/dashboard</a> for everybody who is signed in</li>
<li><a href="/admin">/admin</a> for the role <code>org:admin</code></li>
<li><a href="/api/me">/api/me</a> for scripts: a status in place of a redirect</li>
</ul>
${people('')}${broken(visit)}`,
  )
}

export function signInPage(visit) {
  const { reason, message } = visit.decision.state
  const why =
    reason === 'session-token-and-uat-missing' || reason === null
      ? ''
      : `<p class="why">Your token was refused: ${html(message)}</p>`
  const wanted =
    visit.back === '' ? '' : `<p>You will come back to <code>${html(visit.back)}</code>.</p>`
  return layout(visit, 'Sign in', `${why}${wanted}${people(visit.back)}${broken(visit)}`)
}

export function refusalPage(visit) {
  const { status, message } = visit.decision
  return layout(visit, `${status}: not for you`, `<p class="why">${html(message)}</p>${signOut()}`)
}

export function dashboardPage(visit) {
  const { sessionClaims, userId } = visit.decision.auth
  return layout(
    visit,
    `Hello ${sessionClaims.fullName}`,
    `<p>You are <code>${html(userId)}</code>, <code>${html(sessionClaims.primaryEmail)}</code>:
custom claims of your session token.</p>
<pre>${html(JSON.stringify(sessionClaims, null, 2))}</pre>${signOut()}${broken(visit)}`,
  )
}

export function adminPage(visit) {
  const { orgRole, orgSlug, orgPermissions } = visit.decision.auth
  return layout(
    visit,
    'Administration',
    `<p>You are <code>${html(orgRole)}</code> of <code>${html(orgSlug)}</code> with
${orgPermissions.map((one) => `<code>${html(one)}</code>`).join(' and ')}.</p>${signOut()}`,
  )
}

function people(back) {
  const query = back === '' ? '' : `?redirect_url=${encodeURIComponent(back)}`
  const buttons = Object.entries(PEOPLE).map(
    ([id, { name, role }]) =>
      `<button name="person" value="${id}">Sign in as ${html(name)} (${role})</button>`,
  )
  return `<h2>Who are you?</h2><form method="post" action="/sign-in${html(query)}">${buttons.join('')}</form>`
}

function broken({ issuer }) {
  const buttons = Object.keys(issuer.broken).map(
    (name) => `<button class="bad" name="broken" value="${name}">${name}</button>`,
  )
  return `<h2>Or with a token that must be refused</h2>
<form method="post" action="/sign-in">${buttons.join('')}</form>`
}

const signOut = () =>
  '<form method="post" action="/sign-out"><button>Sign out</button> <a href="/">Start page</a></form>'

function panel({ decision, micros }) {
  const { outcome, status, rule, state } = decision
  const refusal = decision.reason === null ? state : decision
  const rows = {
    outcome,
    status,
    rule: rule === null ? 'none' : [rule.path].flat().join(', '),
    visitor: state.status,
    reason: refusal.reason,
    'exact rule': state.detail,
    message: refusal.message,
    'decided in': `${micros.toFixed(0)} µs`,
  }
  const cells = Object.entries(rows)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `<dt>${name}</dt><dd>${html(String(value))}</dd>`)
  return `<aside class="${state.status}"><h2>The decision</h2><dl>${cells.join('')}</dl></aside>`
}

function layout(visit, title, body) {
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>${html(title)}</title><style>${STYLE}</style>
<div class="page"><main><h1>${html(title)}</h1>${body}</main>${panel(visit)}</div></html>`
}

const STYLE = `
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1c2430; background: #f4f5f7; }
.page { display: grid; grid-template-columns: 1fr 22rem; gap: 2rem; max-width: 66rem; margin: 3rem auto; padding: 0 1.5rem; align-items: start; }
@media (max-width: 50rem) { .page { grid-template-columns: 1fr; } }
h1 { margin: 0 0 1rem; font-size: 1.8rem; } h2 { font-size: 1rem; margin: 1.8rem 0 .6rem; }
main, aside { background: #fff; border-radius: 10px; padding: 1.6rem 1.8rem; box-shadow: 0 1px 4px #0002; }
aside { border-top: 4px solid #b3261e; } aside.signed-in { border-color: #1b7f4b; }
aside h2 { margin-top: 0; } .why { border-left: 4px solid #b3261e; padding-left: 1rem; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; margin: 0; font-size: .92rem; }
dt { color: #667; white-space: nowrap; } dd { margin: 0; overflow-wrap: anywhere; font-weight: 600; }
button { font: inherit; margin: 0 .5rem .5rem 0; padding: .4rem .9rem; border: 1px solid #2456c7; border-radius: 6px; background: #2456c7; color: #fff; cursor: pointer; }
button.bad { background: #fff; color: #b3261e; border-color: #b3261e88; }
code, pre { font: .9em ui-monospace, monospace; background: #eef0f4; border-radius: 4px; padding: .1em .3em; overflow-wrap: anywhere; }
pre { padding: 1rem; overflow-x: auto; } .places { padding-left: 1.2rem; } a { color: #2456c7; }
`

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function html(text) {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character])
}
