/** Pages run in another process than the gate: this tells them its settings. */
export async function register() {
  await import('./middleware')
}
