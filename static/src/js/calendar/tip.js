// Tells all of a card when the pointer rests on it or it has the focus. Esc hides it; one may point at it.
// Reads: [data-calendar-tip]; links with data-card.
import { part, root } from './page.js'
import { cardOf } from './store.js'
import { tell } from './card.js'
import { beside } from './place.js'

const REST = 350 // milliseconds until a pointer means it
const tip = part('tip')
let waiting
let over = null

function show(link) {
  const card = cardOf(link.dataset.card)
  if (!card || !part('pop').hidden) return
  over = link
  tip.replaceChildren(...tell(card))
  tip.hidden = false
  beside(tip, link.getBoundingClientRect())
}

/** Hide it, as when a card is opened or dragged. */
export function hideTip() {
  clearTimeout(waiting)
  over = null
  tip.hidden = true
}

const linkOf = ({ target }) => target.closest?.('[data-card]') ?? target.closest?.('.card')?.querySelector('[data-card]')

document.addEventListener('pointerover', (event) => {
  if (event.pointerType !== 'mouse') return
  const link = linkOf(event)
  if (link === over && link) { clearTimeout(waiting); return }
  if (tip.contains(event.target)) { clearTimeout(waiting); return }
  clearTimeout(waiting)
  waiting = link ? setTimeout(() => show(link), REST) : setTimeout(hideTip, 120)
})
document.addEventListener('pointerdown', hideTip)
root.addEventListener('focusin', (event) => {
  const link = event.target.closest('[data-card]')
  if (link?.matches(':focus-visible')) show(link)
  else if (!link) hideTip()
})
root.addEventListener('focusout', () => { if (!tip.matches(':hover')) hideTip() })
document.addEventListener('keydown', ({ key }) => { if (key === 'Escape') hideTip() })
addEventListener('scroll', hideTip, { passive: true })
