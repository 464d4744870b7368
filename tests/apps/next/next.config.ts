import type { NextConfig } from 'next'

export default {
  // Where the packages are, should there be lock files further up.
  turbopack: { root: import.meta.dirname },
} satisfies NextConfig
