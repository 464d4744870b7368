export default {
  title: 'Deno',
  runtime: 'deno',
  start: [
    'deno',
    'run',
    '--no-prompt',
    '--no-remote',
    '--node-modules-dir=manual',
    '--allow-net',
    '--allow-env',
    'app.mjs',
  ],
}
