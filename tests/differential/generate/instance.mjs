// Which Clerk instance the application belongs to.

import { keys } from '../keys.mjs'

const HOSTS = {
  production: [
    'clerk.example.com',
    'clerk.shop.example.org',
    'auth.example.com',
    'Clerk.Example.com',
  ],
  development: [
    'foo-bar-13.clerk.accounts.dev',
    'big-cat-7.clerk.accountsstage.dev',
    'clerk.happy.puma-74.lcl.dev',
  ],
}

/** Keys that are none. */
const BROKEN = [
  '',
  'pk_live_',
  'pk_test_!!!',
  'sk_live_x',
  `pk_live_${btoa('no-dot$')}`,
  'pk_live_YS5i_x',
]

export function instance(draft) {
  const { random } = draft
  const kind = random.weighted([
    [6, 'production'],
    [4, 'development'],
  ])
  const host = random.chance(0.75) ? HOSTS[kind][0] : random.pick(HOSTS[kind])
  const code = btoa(`${host}$`)
  const encoded = random.chance(0.15) ? code.replace(/=+$/, '') : code
  const mode = kind === 'production' ? 'live' : 'test'
  draft.instance = { host }
  draft.options.publishableKey = `pk_${mode}_${encoded}`
  draft.options.secretKey = `sk_${mode}_${random.word(8)}`
  draft.options.jwtKey = keys.own.spki
  if (random.chance(0.05)) draft.options.apiUrl = 'https://api.clerk.test'
}

/** An instance that is set up wrongly. */
export function brokenInstance(draft) {
  const { random, options } = draft
  if (random.chance(0.5)) options.publishableKey = random.pick(BROKEN)
  else options.secretKey = ''
}
