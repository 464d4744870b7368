export function load() {
  return { secret: 'of the back office' }
}
