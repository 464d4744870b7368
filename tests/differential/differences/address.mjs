// Where the request went to, and which addresses are sent to browsers.

import { headerOf } from '../facts.mjs'
import { directly, replacing, withOptions, withoutProxy } from '../restate.mjs'

export const ADDRESS = [
  {
    name: 'host-in-path',
    why: 'A path that begins with two slashes does not replace the host.',
    applies: ({ url }) => /^\/[/\\]/.test(new URL(url).pathname),
    restate: directly,
  },
  {
    name: 'forwarded-host-and-scheme',
    why: 'Only http and https, and a bare host, are taken from a proxy.',
    applies: (testCase) => {
      const first = (name) => headerOf(testCase, name)?.split(',')[0]
      const host = first('x-forwarded-host') ?? headerOf(testCase, 'host') ?? 'a'
      return !isBareHost(host) || !/^https?$/i.test(first('x-forwarded-proto') ?? 'https')
    },
    restate: withoutProxy,
  },
  {
    name: 'empty-forwarded-header',
    why: 'An empty header counts as absent.',
    applies: ({ headers }) => headers.some(isEmptyForwarded),
    restate: ({ headers, ...rest }) => {
      return { ...rest, headers: headers.filter((header) => !isEmptyForwarded(header)) }
    },
  },
  {
    name: 'sync-target',
    why: 'The primary of a development instance redirects to allowed origins only.',
    applies: ({ url, ours }) => {
      const target = new URL(url).searchParams.get('__clerk_redirect_url')
      const isAllowed = URL.canParse(target) && isAllowedOrigin(new URL(target).origin, ours)
      return target !== null && !isAllowed
    },
    // A parameter of another name means nothing to the peer.
    restate: (testCase) => replacing(testCase, [['__clerk_redirect_url', '__clerk_redirect_no1']]),
  },
  {
    name: 'repeated-parameter',
    why: 'A repeated `:slug*` names what stands in the path; for the peer it is a list, joined with commas and never the active organization.',
    applies: ({ options: { organizationSyncOptions: lists } }) => {
      return (lists?.organizationPatterns ?? []).some((text) => text !== unrepeated(text))
    },
    restate: (testCase) => {
      const { organizationSyncOptions: lists } = testCase.options
      const organizationPatterns = lists.organizationPatterns.map(unrepeated)
      return withOptions(testCase, { organizationSyncOptions: { ...lists, organizationPatterns } })
    },
  },
  {
    name: 'empty-pattern-list',
    why: 'An empty list of patterns matches nothing; for the peer it matches every path.',
    applies: ({ options: { organizationSyncOptions: lists } }) => {
      return Object.values(lists ?? {}).some((list) => list?.length === 0)
    },
    restate: (testCase) => {
      const lists = Object.entries(testCase.options.organizationSyncOptions)
      const given = Object.fromEntries(lists.filter(([, list]) => list?.length > 0))
      return withOptions(testCase, { organizationSyncOptions: given })
    },
  },
]

/** A host with an optional port, and if it is an IPv4 address, written as it always is. */
function isBareHost(host) {
  const isNumber = /(^|\.)(\d+|0x[\da-f]*)\.?(:\d+)?$/i.test(host)
  const isUsual = URL.canParse(`http://${host}`) && new URL(`http://${host}`).host === host
  const isName = /^([\w.-]+|\[[\da-f:.]+\])(:\d*)?$/i.test(host) && URL.canParse(`http://${host}`)
  return isName && (!isNumber || (isUsual && /^\d+(\.\d+){3}(:\d+)?$/.test(host)))
}

function isEmptyForwarded([name, value]) {
  return name.startsWith('x-forwarded-') && value.split(',')[0].trim() === ''
}

function isAllowedOrigin(origin, settings) {
  return settings?.allowedRedirectOrigins?.includes(origin) === true
}

/** The same pattern with one parameter for all segments in place of a list of segments. */
function unrepeated(pattern) {
  return pattern.replace(
    /\/:(id|slug)(?:\(((?:[^()\\]|\\.)*)\))?([*+])/g,
    (_, name, segment = '[^/#?]+?', repeat) => {
      return `/:${name}(${segment}(?:/${segment})*)${repeat === '*' ? '?' : ''}`
    },
  )
}
