// Numbers out of many numbers.

/** The value below which this part of all values lies. */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * part
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low + (high - low) * (place - Math.floor(place))
}

export function median(values) {
  return quantile(values, 0.5)
}

/** Median, and the tenth and the ninetieth of a hundred as the spread. */
export function summaryOf(values) {
  return [0.5, 0.1, 0.9].map((part) => rounded(quantile(values, part)))
}

/** Four digits are more than any of it can be repeated to. */
export function rounded(value) {
  return Number(value.toPrecision(4))
}
