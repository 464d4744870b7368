/** The run whose figure is the middle one. */
export function middleRun(runs, figure) {
  const sorted = [...runs].sort((one, other) => figure(one) - figure(other))
  return sorted[Math.floor((sorted.length - 1) / 2)]
}
