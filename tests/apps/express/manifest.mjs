import { claims, clerk, sessions, supertokens } from './rows.mjs'

const example = (name) => ['node', '--import', './documents/port.mjs', `documents/${name}.mjs`]

export default {
  title: 'Express',
  package: 'express',
  runtime: 'node',
  build: [['node', 'documents/make.mjs']],
  start: ['node', 'app.mjs'],
  more: [
    {
      name: "the example of Clerk's documents",
      start: example('clerk'),
      provider: 'clerk',
      rows: clerk,
    },
    {
      name: "the example of SuperTokens' documents",
      start: example('supertokens'),
      provider: 'supertokens',
      rows: supertokens,
    },
    {
      name: 'sessions',
      start: ['node', 'sessions.mjs'],
      provider: 'supertokens',
      rows: sessions,
    },
    {
      name: 'claims of the token or of a database',
      start: ['node', 'claims.mjs'],
      provider: 'clerk',
      rows: claims,
    },
  ],
  types: ['node'],
}
