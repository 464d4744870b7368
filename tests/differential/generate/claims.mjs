// What is in a session token: both versions of the format, organisations, custom claims.

/** Claims that are accepted; `ago` says how many seconds ago the token was made. */
export function goodClaims(draft, { ago = draft.random.int(0, 40) } = {}) {
  const { random, seconds } = draft
  const issued = seconds - ago
  return {
    azp: 'https://app.example.com',
    exp: issued + 60,
    fva: random.pick([
      [1, -1],
      [5, 7],
      [-1, -1],
    ]),
    iat: issued,
    iss: draft.issuer,
    nbf: issued - 10,
    sid: `sess_${random.word(4)}`,
    sub: `user_${random.word(4)}`,
  }
}

/** Organisation, plan and custom claims on top. */
export function richClaims(draft, claims) {
  const { random } = draft
  const isSecond = random.chance(0.6)
  const extra = isSecond ? secondVersion(random) : firstVersion(random)
  return { ...claims, ...extra, ...custom(random) }
}

function firstVersion(random) {
  return {
    ...random.pick([{}, { v: 1 }, { v: '2' }]),
    org_id: random.pick(['org_1', 'org_2', undefined]),
    org_slug: random.pick(['acme', 'other', undefined]),
    org_role: random.pick(['org:admin', 'admin', undefined]),
    org_permissions: random.pick([['org:a:read', 'org:b:manage'], [], undefined]),
    fea: random.pick([undefined, 'o:a']),
  }
}

function secondVersion(random) {
  return {
    v: 2,
    jti: random.word(8),
    pla: random.pick(['u:free', 'o:pro', undefined]),
    fea: random.pick([
      'o:dash,o:teams',
      'u:x,o:dash,u:y,o:teams',
      'ou:both,uo:other,o:last',
      'o:a, o:b',
      '',
      undefined,
    ]),
    o: random.weighted([
      [5, organisation(random)],
      [1, undefined],
      [1, null],
      [1, {}],
    ]),
    // The first version's names mean nothing here.
    org_id: random.chance(0.1) ? 'org_9' : undefined,
  }
}

function organisation(random) {
  return {
    id: random.pick(['org_1', 'org_2']),
    slg: random.pick(['acme', 'other', undefined]),
    rol: random.pick(['admin', 'member', 'org:admin', '', undefined]),
    per: random.pick(['manage,read', 'manage, read ,export', 'read', '', undefined]),
    fpm: random.pick([
      '3,2',
      '1',
      '0,1,2,3',
      '9007199254740993',
      'x,1',
      ' 3 ,2',
      '',
      '-1',
      undefined,
    ]),
  }
}

function custom(random) {
  return random.weighted([
    [4, {}],
    [1, { metadata: { role: 'admin', list: [1, 'zwei', null, true], nested: { a: {} } } }],
    [1, { 'urn:x': 'y', name: 'Jürgen €', big: 9007199254740991, half: 0.5 }],
    [1, { act: { sub: 'user_boss', sid: 'sess_boss' } }],
    [1, { sts: 'active' }],
    [1, { fva: null, act: undefined, sts: null }],
    // Types that no instance makes up, passed on as they are.
    [0.5, { sid: 5, fva: 'x', act: 'somebody', sts: 7 }],
    [0.3, { v: 2, fea: 'nocolon', o: { id: 'org_1' } }],
    [0.2, { v: 2, fea: 'o:a', o: { id: 'org_1', per: 5, fpm: 6 } }],
  ])
}
