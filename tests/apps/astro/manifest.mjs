import { example, paths } from './rows.mjs'

export default {
  title: 'Astro',
  package: 'astro',
  runtime: 'node',
  sharedInto: 'src',
  build: [
    ['astro', 'build'],
    ['node', 'documents/make.mjs'],
    ['astro', 'build', '--root', 'documents'],
  ],
  start: ['node', 'dist/server/entry.mjs'],
  environment: { HOST: '127.0.0.1' },
  more: [
    { name: 'paths in other words', provider: 'clerk', rows: paths },
    {
      name: "the example of Clerk's documents",
      start: ['node', 'documents/dist/server/entry.mjs'],
      provider: 'clerk',
      rows: example,
    },
  ],
  types: ['node'],
}
