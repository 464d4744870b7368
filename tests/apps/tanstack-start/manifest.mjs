import { example, functions, paths } from './rows.mjs'

export default {
  title: 'TanStack Start',
  package: '@tanstack/react-start',
  runtime: 'node',
  sharedInto: 'src',
  build: [['vite', 'build']],
  start: ['node', 'server.mjs'],
  more: [
    { name: 'paths in other words', provider: 'clerk', rows: paths },
    { name: 'server functions', provider: 'clerk', rows: functions },
    { name: "the handler of Clerk's documents", provider: 'clerk', rows: example },
  ],
  types: ['node'],
}
