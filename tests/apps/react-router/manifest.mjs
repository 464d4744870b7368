import { claims, clerk } from './rows.mjs'

export default {
  title: 'React Router',
  package: 'react-router',
  runtime: 'node',
  sharedInto: 'app',
  build: [['node', 'make.mjs'], ['react-router', 'typegen'], ['tsc'], ['react-router', 'build']],
  start: ['react-router-serve', 'build/server/index.js'],
  environment: { HOST: '127.0.0.1' },
  types: ['node'],
  more: [
    { name: "the example of Clerk's documents", provider: 'clerk', rows: clerk },
    { name: 'claims of the token or of a database', provider: 'clerk', rows: claims },
  ],
}
