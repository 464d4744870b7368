import { data, events } from './rows.mjs'

export default {
  title: 'SvelteKit',
  package: '@sveltejs/kit',
  runtime: 'node',
  sharedInto: 'src',
  build: [['vite', 'build']],
  start: ['node', 'server.mjs'],
  // It takes https for granted unless a header of a proxy says otherwise.
  environment: { PROTOCOL_HEADER: 'x-forwarded-proto' },
  more: [
    { name: 'data of pages', provider: 'clerk', rows: data },
    { name: 'events', provider: 'clerk', rows: events },
  ],
  types: ['node'],
}
