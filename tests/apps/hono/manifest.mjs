export default {
  title: 'Hono',
  package: 'hono',
  runtime: 'node',
  start: ['node', 'app.mjs'],
  types: ['node'],
}
