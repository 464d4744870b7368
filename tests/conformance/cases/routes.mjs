// Which rule a path falls under: no spelling of a path may slip past its rule.

import {
  APP,
  allowed,
  call,
  clerk,
  cookie,
  denied,
  one,
  open,
  page,
  RULE,
  redirected,
} from '../frame.mjs'
import { mint, session } from '../mint.mjs'

const NOBODY = 'session-token-and-uat-missing'
const anonymous = (name, path, expect, routes) =>
  one(name, clerk(), call(path), expect, routes && { routes })
const protectedBy = (rule) => denied(rule, NOBODY)

const malformed = {
  ...denied(null, 'path-malformed'),
  status: 400,
  state: { status: 'signed-out', reason: NOBODY, detail: null },
}

const ORDERED = [
  { path: '/docs/private(.*)', access: 'signed-in' },
  { path: '/docs(.*)', access: 'public' },
  { path: '/docs/late(.*)', access: 'signed-in' },
]

export const routes = [
  anonymous('an exact path', '/about', open(RULE.open, NOBODY)),
  anonymous('an exact path with a slash at its end', '/about/', open(RULE.open, NOBODY)),
  anonymous('an exact path does not cover what lies below', '/about/team', open(null, NOBODY)),
  anonymous('the root covers nothing but itself', '/other', open(null, NOBODY)),
  anonymous('a prefix covers its own path', '/dashboard', protectedBy(RULE.dashboard)),
  anonymous('a prefix covers what lies below', '/dashboard/a/b', protectedBy(RULE.dashboard)),
  anonymous('a prefix covers longer names', '/dashboards', protectedBy(RULE.dashboard)),
  anonymous('a query is no part of the path', '/dashboard?x=/about', protectedBy(RULE.dashboard)),
  anonymous('a path has no case', '/DashBoard/X', protectedBy(RULE.dashboard)),
  anonymous('a double slash in front', '//dashboard', protectedBy(RULE.dashboard)),
  anonymous('double slashes inside', '/docs//private///x', protectedBy(0), ORDERED),
  anonymous('an escaped letter', '/%64ashboard', protectedBy(RULE.dashboard)),
  anonymous('an escaped letter in upper case', '/%44ASHBOARD', protectedBy(RULE.dashboard)),
  anonymous('an escaped slash splits no path', '/about%2Fteam', open(null, NOBODY)),
  anonymous('an escaped slash under a prefix', '/dashboard%2Fx', protectedBy(RULE.dashboard)),
  anonymous('an escape is resolved once', '/%2564ashboard', open(null, NOBODY)),
  anonymous('a line break under a prefix', '/dashboard%0Ax', protectedBy(RULE.dashboard)),
  anonymous('half an escape', '/dashboard%2', malformed),
  anonymous('an escape that is none', '/about%zz', malformed),
  anonymous('an escape that is no UTF-8', '/about/%ff', malformed),
  anonymous('dot segments', '/about/../dashboard', malformed),
  anonymous('escaped dot segments', '/about/%2e%2E/dashboard', malformed),
  one('a malformed path is refused for everybody', clerk(), call('/%', cookie(mint(session()))), {
    ...malformed,
    state: { status: 'signed-in', reason: null, detail: null },
    auth: { userId: 'user_1' },
  }),
  anonymous('the first rule decides', '/docs/private/x', protectedBy(0), ORDERED),
  anonymous(
    'a later rule never loosens or tightens an earlier one',
    '/docs/late',
    open(1, NOBODY),
    ORDERED,
  ),
  anonymous('one of several paths', '/sign-in/factor', open(RULE.open, NOBODY)),
  anonymous('letters beyond ASCII have a case to ignore', '/%C3%84rzte', protectedBy(0), [
    { path: '/ärzte(.*)', access: 'signed-in' },
  ]),
  anonymous('a long s is no s', '/%C5%BFecret', open(null, NOBODY), [
    { path: '/secret', access: 'signed-in' },
  ]),
  one('onDenied status: a page gets a status', clerk(), page('/api/x'), denied(RULE.api, NOBODY)),
  one(
    'onDenied redirect: a script is redirected',
    clerk(),
    call('/account'),
    redirected(
      RULE.account,
      `${APP}/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Faccount`,
      NOBODY,
    ),
  ),
  one(
    'an iframe is a page',
    clerk(),
    page('/dashboard', { 'sec-fetch-dest': 'iframe' }),
    redirected(
      RULE.dashboard,
      `${APP}/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fdashboard`,
      NOBODY,
    ),
  ),
  one(
    'an image is none',
    clerk(),
    page('/dashboard', { 'sec-fetch-dest': 'image' }),
    denied(RULE.dashboard, NOBODY),
  ),
  one(
    'without routes everybody passes, known by name',
    clerk(),
    page('/x', cookie(mint(session()))),
    allowed(null),
    {
      routes: [],
    },
  ),
]
