// The idea pool: its cards are dragged onto a day, or get one by "Đặt ngày"; it is asked for again when it changes.
// Reads: [data-calendar-pool] around [data-pool] with data-pool-names; [data-pool-card] (JSON), [data-pool-set].
import { Draggable } from 'fullcalendar/interaction'
import { given, part } from './page.js'
import { classesOf } from './card.js'
import { filtersOf } from './address.js'
import { getPart } from './server.js'
import { learn } from './names.js'
import { onChange } from './store.js'
import { beginMove } from './movebar.js'

const box = part('pool')
const cardOf = (element) => JSON.parse(element.closest('[data-pool-card]').dataset.poolCard)
const keys = () => [...box.querySelectorAll('[data-pool-card]')].map((one) => cardOf(one).i)

function take() {
  learn(JSON.parse(box.querySelector('[data-pool]').dataset.poolNames))
}

/** Ask for the pool as it is now. */
export async function refreshPool() {
  try {
    box.innerHTML = await getPart(`${given.poolUrl}?${new URLSearchParams(filtersOf())}`) // our own template, escaped there
    take()
  } catch { /* what is shown stays; the next change asks again */ }
}

take()
new Draggable(box, {
  itemSelector: '.pool__card--free',
  eventData: (element) => {
    const card = cardOf(element)
    return { id: `p${card.i}`, title: card.t, className: classesOf(card), durationEditable: false, extendedProps: { rank: 2500, card } }
  },
})
box.addEventListener('click', (event) => {
  const button = event.target.closest('[data-pool-set]')
  if (button) beginMove(cardOf(button), button)
})
onChange(({ item, gone, now }) => {
  if (item && (keys().includes(item) || (gone.length && !now.length))) refreshPool()
})
