export default {
  title: 'Express',
  package: 'express',
  runtime: 'node',
  start: ['node', 'app.mjs'],
}
