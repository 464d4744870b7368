import { dirname } from 'node:path'
import type { NextConfig } from 'next'

export default {
  // The packages are installed one folder up.
  turbopack: { root: dirname(import.meta.dirname) },
  // So that the tests know the address of a page's data.
  generateBuildId: () => 'built',
} satisfies NextConfig
