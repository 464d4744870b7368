import { table } from '../table.mjs'
import { claims, clerk, handler, pages } from './rows.mjs'

const start = (...folder) => [
  'next',
  'start',
  ...folder,
  '--hostname',
  '127.0.0.1',
  '--port',
  '{port}',
]
const build = (...folder) => ['env', 'NEXT_TELEMETRY_DISABLED=1', 'next', 'build', ...folder]
const onEdge = (provider) => ({
  name: `middleware.ts on the edge, ${provider}`,
  provider,
  start: start('edge'),
  rows: table[provider],
})

export default {
  title: 'Next.js',
  package: 'next',
  runtime: 'node',
  build: [['node', 'make.mjs'], build(), build('edge')],
  start: start(),
  environment: { NEXT_TELEMETRY_DISABLED: '1' },
  types: ['node', 'react'],
  // Dynamic pages say `private, no-cache, no-store` of themselves.
  ownCaching: true,
  // `Vary` of pages in the App Router is replaced when they are rendered.
  ownVary: true,
  // Next.js takes its own origin out of the address to which a proxy redirects.
  ownLocations: true,
  more: [
    { name: 'both routers', provider: 'clerk', rows: pages },
    onEdge('clerk'),
    onEdge('supertokens'),
    { name: 'both routers behind the edge', provider: 'clerk', start: start('edge'), rows: pages },
    { name: 'a handler behind the gate', provider: 'clerk', start: start('edge'), rows: handler },
    { name: 'claims of the token or of a database', provider: 'clerk', rows: claims },
    { name: "Clerk's example of the App Router", provider: 'clerk', rows: clerk },
    {
      name: "Clerk's example of the Pages Router",
      provider: 'clerk',
      start: start('edge'),
      rows: clerk,
    },
  ],
}
