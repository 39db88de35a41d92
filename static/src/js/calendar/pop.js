// Opens a card: what the server tells of the piece, and what can be done with it. Esc and a click elsewhere close it.
// Reads: links with data-card; [data-calendar-pop] with [data-pop-body], [data-pop-close]; in the answer [data-calendar-move].
import { given, make, part, root, say } from './page.js'
import { replaceItem, cardOf } from './store.js'
import { tell } from './card.js'
import { getPart } from './server.js'
import { beside } from './place.js'
import { hideTip } from './tip.js'
import { beginMove } from './movebar.js'

const box = part('pop')
const body = box.querySelector('[data-pop-body]')
let from = null
let asked = 0

/** Close it; the focus goes back to its card. */
export function closePop({ focus = true } = {}) {
  if (box.hidden) return
  box.hidden = true
  asked += 1
  if (focus) from?.focus({ preventScroll: true })
}

async function open(link) {
  const card = cardOf(link.dataset.card) ?? JSON.parse(link.closest('[data-pool-card]')?.dataset.poolCard ?? 'null')
  if (!card) return
  hideTip()
  from = link
  const mine = (asked += 1)
  body.replaceChildren(make('div', 'pop__soon', tell(card)))
  body.querySelector('.card-tip__title').id = 'pop-title'
  box.hidden = false
  beside(box, link.getBoundingClientRect())
  box.focus({ preventScroll: true })
  try {
    const html = await getPart(`${given.pageUrl}/items/${card.i}`)
    if (mine !== asked) return
    body.innerHTML = html // made by our own template, escaped there
    beside(box, link.getBoundingClientRect())
    body.querySelector('[data-calendar-move]')?.addEventListener('click', () => {
      closePop({ focus: false })
      beginMove(card, from)
    })
  } catch (trouble) {
    if (mine !== asked) return
    closePop()
    if (trouble.status === 404) replaceItem(card.i, {})
    say(trouble.message, 'danger')
  }
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('[data-card]')
  if (link && root.parentElement.contains(link) && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault()
    open(link)
  } else if (!box.contains(event.target)) {
    closePop({ focus: false })
  }
})
box.querySelector('[data-pop-close]').addEventListener('click', () => closePop())
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || box.hidden) return
  event.stopPropagation()
  closePop()
}, { capture: true })
box.addEventListener('focusout', ({ relatedTarget }) => {
  if (relatedTarget && !box.contains(relatedTarget)) closePop({ focus: false })
})
