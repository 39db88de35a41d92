// Starts a behaviour on each element that carries its attribute, now and after each htmx swap,
// and calls what it returned when htmx takes the element away.
import htmx from 'htmx.org'

const known = []
const running = new WeakMap()

function start(element, { name, begin }) {
  const mine = running.get(element) ?? new Map()
  if (mine.has(name)) return
  running.set(element, mine)
  mine.set(name, begin(element) ?? (() => {}))
}

function scan(root) {
  for (const behaviour of known) {
    if (root.matches?.(behaviour.selector)) start(root, behaviour)
    root.querySelectorAll?.(behaviour.selector).forEach((element) => start(element, behaviour))
  }
}

/** Call *begin(element)* for each element that matches; it may return a function that cleans up. */
export function behaviour(selector, begin) {
  known.push({ selector, begin, name: selector })
}

htmx.onLoad(scan) // the body first, then whatever was swapped in
document.addEventListener('htmx:beforeCleanupElement', ({ target }) => {
  running.get(target)?.forEach((end) => end())
  running.delete(target)
})

/** Listen to several events with one signal; returns the function that ends them all. */
export function listen(...wanted) {
  const controller = new AbortController()
  for (const [target, type, handler, options] of wanted) {
    target.addEventListener(type, handler, { ...options, signal: controller.signal })
  }
  return () => controller.abort()
}
