// Links what was read to the lines it was read from, both ways: point at or focus one, the other lights up.
// Reads: data-trace-root (around both panes), data-trace="3-5,9" (a value and its lines),
//        data-line="3" (a line of the source). Sets class is-traced. Without JavaScript the value's href jumps to its line.
import { behaviour, listen } from './behaviour.js'

function linesOf(value) {
  return value.dataset.trace.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number)
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => String(first + n))
  })
}

/** Scroll only the pane, never the page, and only when the element is out of sight. */
function reveal(element) {
  const pane = element.closest('.trace__pane')
  if (!pane || pane.scrollHeight <= pane.clientHeight) return
  const inner = element.getBoundingClientRect()
  const outer = pane.getBoundingClientRect()
  if (inner.top >= outer.top + 48 && inner.bottom <= outer.bottom - 16) return
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  pane.scrollTo({ top: pane.scrollTop + inner.top - outer.top - pane.clientHeight / 3, behavior: calm ? 'auto' : 'smooth' })
}

behaviour('[data-trace-root]', (root) => {
  const clear = () => root.querySelectorAll('.is-traced').forEach((e) => e.classList.remove('is-traced'))
  const light = (from, others) => {
    clear()
    for (const element of [from, ...others]) element.classList.add('is-traced')
    if (others.length) reveal(others[0])
  }
  const point = ({ target }) => {
    const value = target.closest('[data-trace]')
    if (value) {
      const numbers = new Set(linesOf(value))
      light(value, [...root.querySelectorAll('[data-line]')].filter((l) => numbers.has(l.dataset.line)))
      return
    }
    const line = target.closest('[data-line]')
    if (line) light(line, [...root.querySelectorAll('[data-trace]')].filter((v) => linesOf(v).includes(line.dataset.line)))
  }
  let waiting
  const pointSoon = (event) => { clearTimeout(waiting); waiting = setTimeout(point, 80, event) } // a mouse on its way lights nothing
  const click = (event) => {
    if (!event.target.closest('a[data-trace]')) return
    event.preventDefault() // the pane scrolls; the page stays
    point(event)
  }
  const end = listen([root, 'mouseover', pointSoon], [root, 'mouseleave', () => { clearTimeout(waiting); clear() }],
    [root, 'focusin', point], [root, 'click', click])
  return () => { clearTimeout(waiting); end(); clear() }
})
