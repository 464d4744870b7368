import type { NextConfig } from 'next'

export default {
  // Where the packages are, should there be lock files further up.
  turbopack: { root: import.meta.dirname },
  // So that the tests know the address of a page's data.
  generateBuildId: () => 'built',
} satisfies NextConfig
