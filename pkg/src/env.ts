/** Clerk's environment variables. */
import type { ClerkOptions } from './types.js'

/** The prefixes that frameworks require for variables which may reach a browser. */
const PREFIXES = ['', 'NEXT_PUBLIC_', 'PUBLIC_', 'VITE_']

/** The options with those that are left out taken from the environment. */
export function clerkFromEnvironment(options: ClerkOptions): ClerkOptions {
  return withoutUndefined({
    ...options,
    publishableKey: options.publishableKey ?? variable('CLERK_PUBLISHABLE_KEY'),
    // Keys given in another form are not mixed with those of the environment.
    jwtKey: options.jwtKey ?? (options.jwks === undefined ? variable('CLERK_JWT_KEY') : undefined),
    // Secrets never have a prefix that would show them to browsers.
    secretKey: options.secretKey ?? secret('CLERK_SECRET_KEY'),
    domain: options.domain ?? variable('CLERK_DOMAIN'),
    isSatellite: options.isSatellite ?? flag('CLERK_IS_SATELLITE'),
    proxyUrl: options.proxyUrl ?? variable('CLERK_PROXY_URL'),
    signInUrl: options.signInUrl ?? variable('CLERK_SIGN_IN_URL'),
    signUpUrl: options.signUpUrl ?? variable('CLERK_SIGN_UP_URL'),
    apiUrl: options.apiUrl ?? variable('CLERK_API_URL'),
    apiVersion: options.apiVersion ?? variable('CLERK_API_VERSION'),
  })
}

function variable(name: string): string | undefined {
  for (const prefix of PREFIXES) {
    const value = read(prefix + name)
    if (value !== undefined && value !== '') return value
  }
  return undefined
}

/** `true` and `1` are yes, all else is no, as Clerk reads it. */
function flag(name: string): boolean | undefined {
  const value = variable(name)
  return value === undefined ? undefined : value === 'true' || value === '1'
}

function secret(name: string): string | undefined {
  return read(name) || undefined
}

/** One variable, or nothing where there is no environment or it may not be looked at. */
function read(name: string): string | undefined {
  try {
    return isReadable(name) ? environment()?.[name] : undefined
  } catch {
    return undefined
  }
}

function environment(): Record<string, string | undefined> | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } }
  return process?.env
}

/** Deno would stop and ask its user for permission; a missing permission means no variable. */
function isReadable(name: string): boolean {
  const { Deno } = globalThis as { Deno?: DenoPermissions }
  const query = Deno?.permissions?.querySync?.({ name: 'env', variable: name })
  return query === undefined || query.state === 'granted'
}

interface DenoPermissions {
  permissions?: { querySync?(query: { name: 'env'; variable: string }): { state: string } }
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T
}
