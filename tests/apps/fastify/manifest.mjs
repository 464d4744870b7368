export default {
  title: 'Fastify',
  package: 'fastify',
  runtime: 'node',
  start: ['node', 'app.mjs'],
  types: ['node'],
}
