// What the page hands over, and how it is told something.
// Reads: [data-calendar] with data-view, data-day, data-zone, data-language, data-cards-url, data-pool-url,
//        data-page-url, data-texts (JSON); <template data-calendar-words> with the words and drawings of types and states.

export const root = document.querySelector('[data-calendar]')
export const given = root.dataset
export const texts = JSON.parse(given.texts)
export const phone = matchMedia('(max-width: 47.99em)')

/** The element of the page that carries data-calendar-*name*. */
export const part = (name) => document.querySelector(`[data-calendar-${name}]`)

/** *text* with its {values} filled in. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)

/** Say one sentence aloud and show it; announce.js of the layout does it. */
export function say(text, tone = 'info') {
  document.dispatchEvent(new CustomEvent('loa:say', { detail: { text, tone } }))
}

/** A new element with a class, a text or children, and attributes. */
export function make(tag, name, inside = [], attributes = {}) {
  const element = document.createElement(tag)
  if (name) element.className = name
  element.append(...[inside].flat().filter((one) => one !== null && one !== ''))
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element
}

const words = document.querySelector('[data-calendar-words]').content
const known = new Map()

function wordOf(kind, value) {
  const key = `${kind}:${value}`
  if (!known.has(key)) known.set(key, words.querySelector(`[data-${kind}="${value}"]`))
  return known.get(key)
}

const told = (kind, value) => {
  const found = wordOf(kind, value)
  return { word: found?.dataset.word ?? value, tone: found?.dataset.tone ?? 'grey', icon: () => found?.firstElementChild.cloneNode(true) ?? '' }
}

export const typeOf = (value) => told('type', value)
export const stateOf = (value) => told('state', value)
export const sign = (value) => told('sign', value).icon()
