// A schema for the claims, in every runtime: written here, so that no library has to load.

import { equal, gateOf, throws } from './check.mjs'

/** A schema that counts how often it was asked. */
function schemaOf(validate) {
  const asked = { count: 0 }
  const schema = {
    '~standard': {
      version: 1,
      vendor: 'suite',
      validate: (claims) => {
        asked.count++
        return validate(claims)
      },
    },
  }
  return { schema, asked }
}

const accepting = (output) => schemaOf((claims) => ({ value: output(claims) }))
const refusing = () =>
  schemaOf(() => ({
    issues: [{ message: 'too small', path: ['team', { key: 'size' }, 0] }, { message: 'odd' }],
  }))

/** The checks; `pick(name)` gives a case of `decisions.json`. */
export function schemaChecks(api, pick) {
  const one = () => pick('signed in by cookie')
  const gate = (schema, more = {}) => gateOf(api, one(), { claims: schema, ...more })
  const page = () => {
    const { method, url, headers } = one().request
    return { method, url, headers: { ...headers, accept: 'text/html' } }
  }
  const tokenOf = () => gateOf(api, one()).checkSync(one().request).auth.getToken()
  return [
    [
      'schema: what it makes of claims is in sessionClaims, and it is asked once for each token',
      async () => {
        const { schema, asked } = accepting((claims) => ({ sid: claims.sid, since: new Date(5) }))
        const own = gate(schema)
        const { request } = one()
        for (const decision of [own.checkSync(request), await own.check(request)]) {
          equal([decision.outcome, decision.auth.userId], ['allow', 'user_1'])
          equal(decision.auth.sessionClaims.since.getTime(), 5)
          equal(decision.auth.sessionClaims.sub, 'user_1')
        }
        equal(own.authenticateSync(request).auth.sessionClaims.since.getTime(), 5)
        const verified = await own.verifyToken(tokenOf())
        equal([verified.ok, verified.claims.since.getTime()], [true, 5])
        equal(asked.count, 1)
      },
    ],
    [
      'schema: what it makes of claims is for the application alone',
      () => {
        const { schema } = accepting(() => ({
          sub: 'x',
          fva: [0, 0],
          fea: 'u:all',
          o: { rol: 'admin' },
        }))
        const plain = gateOf(api, one()).checkSync(one().request).auth
        const { auth } = gate(schema).checkSync(one().request)
        equal([auth.userId, auth.orgRole], [plain.userId, plain.orgRole])
        for (const asked of [{ feature: 'all' }, { reverification: 'strict' }, { role: 'admin' }]) {
          equal(auth.has(asked), plain.has(asked))
        }
      },
    ],
    [
      'schema: claims that it refuses are no session',
      async () => {
        const { schema, asked } = refusing()
        const own = gate(schema)
        for (const request of [one().request, page()]) {
          for (const decision of [own.checkSync(request), await own.check(request)]) {
            equal([decision.outcome, decision.status], ['deny', 403])
            equal([decision.reason, decision.location], ['claims-mismatch', null])
            equal([decision.auth.isAuthenticated, decision.auth.sessionClaims], [false, null])
            equal(decision.state.status, 'signed-out')
            equal(decision.state.token, null)
            equal(decision.state.claimErrors, [
              { id: 'team.size.0', reason: { message: 'too small' } },
              { id: '', reason: { message: 'odd' } },
            ])
          }
        }
        const { accept: _, ...script } = one().request.headers
        const answer = own.checkSync({ ...one().request, headers: script }).toResponse()
        equal((await answer.json()).error.code, 'claims-mismatch')
        const verified = own.verifyTokenSync(tokenOf())
        equal([verified.ok, verified.reason, verified.detail], [false, 'claims-mismatch', null])
        equal(asked.count, 1)
      },
    ],
    [
      'schema: it is not asked about tokens that are refused anyway',
      () => {
        const { schema, asked } = refusing()
        const bad = pick('a bad header is not mended by a good cookie')
        const { reason } = gateOf(api, bad, { claims: schema }).checkSync(bad.request)
        equal([reason === 'claims-mismatch', asked.count], [false, 0])
      },
    ],
    [
      'schema: without a cache it is asked for each request',
      () => {
        const { schema, asked } = accepting(() => ({ mark: 1 }))
        const own = gate(schema, { cache: false })
        for (let i = 0; i < 3; i++) {
          equal(own.checkSync(one().request).auth.sessionClaims.mark, 1)
        }
        equal(asked.count, 3)
      },
    ],
    [
      'schema: what it throws is thrown, and nobody is let in',
      async () => {
        const { schema } = schemaOf(() => {
          throw new RangeError('of the application')
        })
        const own = gate(schema)
        await throws(() => own.checkSync(one().request), 'RangeError', undefined)
        await throws(() => own.check(one().request), 'RangeError', undefined)
        await throws(() => own.authenticateSync(one().request), 'RangeError', undefined)
        await throws(() => own.verifyTokenSync(tokenOf()), 'RangeError', undefined)
      },
    ],
    [
      'schema: one that must be waited for is refused',
      async () => {
        for (const answer of [
          async () => ({ value: {} }),
          () => Promise.reject(new Error('late')),
        ]) {
          const own = gate(schemaOf(answer).schema)
          const check = () => own.checkSync(one().request)
          equal((await throws(check, 'ConfigError', 'schema-async')).option, 'claims')
          await throws(() => own.check(one().request), 'ConfigError', 'schema-async')
        }
      },
    ],
    [
      'schema: it makes an object',
      async () => {
        for (const value of ['text', null, undefined, 1]) {
          const own = gate(accepting(() => value).schema)
          await throws(() => own.checkSync(one().request), 'ConfigError', 'schema-output')
        }
      },
    ],
    [
      'schema: something else is refused at once',
      async () => {
        for (const claims of [null, {}, 'z', { '~standard': {} }, { '~standard': null }]) {
          const error = await throws(() => gate(claims), 'ConfigError', 'wrong-type')
          equal(error.option, 'claims')
        }
      },
    ],
  ]
}
