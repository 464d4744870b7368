/** `locals.auth()`, as Astro and SvelteKit know it. */
import type { Auth } from 'sessiongate'

declare global {
  namespace App {
    interface Locals {
      /** Who sent the request; of `sessionGate()`. */
      auth: LocalsAuth
    }
  }
}

/** What {@link App.Locals} has as `auth`. It takes no options. */
export type LocalsAuth = <C extends object = object>(options?: undefined) => Auth<C>

/** What of the locals of a request is used. */
export interface WithAuth {
  auth: LocalsAuth
}
