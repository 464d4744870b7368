// Plots as plain SVG: bars for comparisons, lines for growth. Both axes of lines and the one of bars
// are logarithmic, because what is compared differs by powers of ten.

const WIDTH = 720
const FONT = 'font-family="system-ui, sans-serif" font-size="12"'
const COLOURS = ['#0b6e4f', '#8a8a8a', '#c0392b', '#2c5fa8']
/** Where the bars begin, and the room for a number behind them. */
const BARS = { left: 250, right: 70, row: 22, top: 44 }
const LINES = { left: 60, right: 20, top: 44, bottom: 48, height: 320 }

/** Bars: `[{ name, value, isOurs }]`. */
export function barChart({ title, unit, bars }) {
  const { left, right, row, top } = BARS
  const height = top + bars.length * row + 12
  const values = bars.map(({ value }) => value)
  const scale = logarithmic(Math.min(...values) / 2, Math.max(...values), left, WIDTH - right)
  const drawn = bars.map(({ name, value, isOurs }, index) => {
    const y = top + index * row
    const end = scale(value)
    const colour = isOurs ? COLOURS[0] : COLOURS[1]
    return `${text(left - 8, y + 14, name, 'end')}
<rect x="${left}" y="${y + 3}" width="${round(end - left)}" height="${row - 8}" fill="${colour}"/>
${text(end + 6, y + 14, shortNumber(value))}`
  })
  return frame(height, title, unit, drawn)
}

/** One line: `points` of `[x, y]`, with a band from `[x, low]` to `[x, high]`. */
export function lineChart({ title, unit, of, points }) {
  const { left, right, top, bottom, height } = LINES
  const xs = points.map(({ x }) => x)
  const ys = points.flatMap(({ low, high }) => [low, high])
  const across = logarithmic(Math.min(...xs), Math.max(...xs), left, WIDTH - right)
  const [least, most] = [Math.min(...ys) / 2, Math.max(...ys) * 2]
  const up = logarithmic(least, most, height - bottom, top)
  const place = (x, y) => `${round(across(x))},${round(up(y))}`
  const band = [
    ...points.map(({ x, high }) => place(x, high)),
    ...[...points].reverse().map(({ x, low }) => place(x, low)),
  ]
  const grid = powersOfTen(least, most).map((value) => {
    const y = round(up(value))
    return `<line x1="${left}" y1="${y}" x2="${WIDTH - right}" y2="${y}" stroke="#ddd"/>
${text(left - 8, y + 4, shortNumber(value), 'end')}`
  })
  const names = points.map(({ x }) =>
    text(across(x), height - bottom + 18, shortNumber(x), 'middle'),
  )
  const dots = points.map(({ x, y }) => {
    const [cx, cy] = place(x, y).split(',')
    return `<circle cx="${cx}" cy="${cy}" r="3" fill="${COLOURS[0]}"/>`
  })
  const line = points.map(({ x, y }) => place(x, y)).join(' ')
  return frame(height, title, unit, [
    ...grid,
    `<polygon points="${band.join(' ')}" fill="${COLOURS[0]}" opacity="0.15"/>`,
    `<polyline points="${line}" fill="none" stroke="${COLOURS[0]}" stroke-width="2"/>`,
    ...dots,
    ...names,
    text((left + WIDTH - right) / 2, height - 10, of, 'middle'),
  ])
}

function frame(height, title, unit, content) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" ${FONT}>
<title>${escaped(title)}</title>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
${text(12, 20, `${title} (${unit}, logarithmic)`, 'start', 'font-weight="bold"')}
${content.join('\n')}
</svg>
`
}

function text(x, y, content, anchor = 'start', more = '') {
  const attributes = `x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" ${more}`
  return `<text ${attributes.trim()}>${escaped(content)}</text>`
}

function logarithmic(least, most, from, to) {
  const span = Math.log(most) - Math.log(least) || 1
  return (value) => from + ((Math.log(value) - Math.log(least)) / span) * (to - from)
}

function powersOfTen(least, most) {
  const first = Math.ceil(Math.log10(least))
  const last = Math.floor(Math.log10(most))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => 10 ** (first + step))
}

function shortNumber(value) {
  const text = Number(value.toPrecision(3)).toString()
  return text.replace(/\B(?=(\d{3})+$)/, value >= 1000 ? ' ' : '')
}

function escaped(content) {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function round(value) {
  return Math.round(value * 10) / 10
}
