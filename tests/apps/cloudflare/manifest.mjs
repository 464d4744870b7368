export default {
  title: 'Cloudflare Workers',
  runtime: 'workerd',
  // Its settings are bindings, so its options are functions of them.
  shared: [],
  build: [['node', 'build.mjs']],
  start: ['workerd', 'serve', '--socket-addr=http=127.0.0.1:{port}', 'worker.capnp'],
  types: ['@cloudflare/workers-types'],
}
