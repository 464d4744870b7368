export default {
  title: 'Bun',
  runtime: 'bun',
  start: ['bun', '--no-install', 'app.mjs'],
}
