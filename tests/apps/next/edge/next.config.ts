import { dirname } from 'node:path'
import type { NextConfig } from 'next'

export default {
  // The packages are installed one folder up.
  turbopack: { root: dirname(import.meta.dirname) },
} satisfies NextConfig
