// The rest of an application with SuperTokens, of which the example is a part: what stands where the
// peer has `supertokens.init()` and its `middleware()`, and routes that read a session.

import { supertokens, UserRoleClaim } from 'sessiongate'
import { getAuth, sessionGate, verifySession } from 'sessiongate/express'

export function setUp(app) {
  app.use(
    sessionGate({
      provider: supertokens({
        apiDomain: process.env.APP_ORIGIN,
        websiteDomain: process.env.APP_ORIGIN,
        cookieSameSite: 'lax',
        connectionURI: process.env.SUPERTOKENS_CONNECTION_URI,
        jwks: JSON.parse(process.env.SUPERTOKENS_JWKS),
      }),
    }),
  )

  app.get('/', (_req, res) => {
    res.type('text').send('Welcome')
  })

  app.get('/session', verifySession(), async (req, res) => {
    const { session } = req
    res.json({
      userId: session.getUserId(),
      recipeUserId: session.getRecipeUserId().getAsString(),
      tenantId: session.getTenantId(),
      handle: session.getHandle(),
      token: session.getAccessToken(),
      fullName: session.getAccessTokenPayload().fullName,
      roles: await session.getClaimValue(UserRoleClaim),
      isSame: getAuth(req).userId === session.getUserId(),
    })
  })

  app.get('/maybe', verifySession({ sessionRequired: false }), (req, res) => {
    res.json({ userId: req.session?.getUserId() ?? null })
  })

  const isAdmin = { claimValidators: [UserRoleClaim.validators.includes('admin')] }
  app.get('/admins', verifySession(isAdmin), (req, res) => {
    res.json({ userId: req.session.getUserId() })
  })

  // Known to the core alone.
  app.get('/times', verifySession(), async ({ session }, res) => {
    res.json({ created: await session.getTimeCreated(), expiry: await session.getExpiry() })
  })

  // Reading after a change shows the change.
  app.post('/change', verifySession(), async ({ session }, res) => {
    await session.mergeIntoAccessTokenPayload({ newKey: 'newValue', fullName: null })
    const { newKey, fullName } = session.getAccessTokenPayload()
    res.json({ newKey, hasName: fullName !== undefined })
  })

  app.post('/leave', verifySession(), async ({ session }, res) => {
    await session.revokeSession()
    res.json({ status: 'OK' })
  })

  app.listen()
}
