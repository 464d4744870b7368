import { claims, clerk } from './rows.mjs'

export default {
  title: 'Remix',
  package: '@remix-run/node',
  runtime: 'node',
  build: [['node', 'make.mjs'], ['tsc'], ['remix', 'vite:build']],
  start: ['node', 'server.mjs'],
  types: ['node'],
  more: [
    { name: "the example of Clerk's documents", provider: 'clerk', rows: clerk },
    { name: 'claims of the token or of a database', provider: 'clerk', rows: claims },
  ],
}
