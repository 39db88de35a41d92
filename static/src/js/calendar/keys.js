// The grid by keyboard. One tab stop: a day, then its cards. Arrows go from day to day, Enter adds a piece, PageUp and
// PageDown turn the month; on a card Up and Down go to the next, Enter opens it, m moves it, Esc returns to its day.
import { plusDays, plusMonths, today, monday } from './days.js'
import { cellOf, daysShown } from './cells.js'
import { cardOf, onChange } from './store.js'
import { calendar } from './grid.js'
import { beginMove } from './movebar.js'
import { part } from './page.js'

const grid = part('grid')
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }
let current = ''

/** Whether a card of *day* is reached by the tabulator now: only those of the day that has it. */
export const tabIndexOn = (day) => (daysShown().length && cellOf(day) && day !== current ? -1 : 0)

const linksOf = (cell) => [...cell.querySelectorAll('.card__link, .band__name, .more')]
  .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)

/** Give the one tab stop to *day*, or to the best of those shown. */
export function settle(day = current) {
  const shown = daysShown()
  if (!shown.length) return
  current = shown.includes(day) ? day : shown.includes(today()) ? today() : shown.find((one) => one.endsWith('-01')) ?? shown[0]
  for (const one of shown) {
    const cell = cellOf(one)
    cell.tabIndex = one === current ? 0 : -1
    linksOf(cell).forEach((link) => { link.tabIndex = one === current ? 0 : -1 })
  }
}

function goTo(day) {
  const arrive = () => {
    settle(day)
    cellOf(day)?.focus()
  }
  if (cellOf(day)) { arrive(); return }
  calendar.gotoDate(day)
  requestAnimationFrame(arrive)
}

function onDay(event, day, pick) {
  const { key } = event
  if (STEPS[key]) goTo(plusDays(day, STEPS[key]))
  else if (key === 'PageUp' || key === 'PageDown') goTo(plusMonths(day, key === 'PageUp' ? -1 : 1))
  else if (key === 'Home') goTo(monday(day))
  else if (key === 'End') goTo(plusDays(monday(day), 6))
  else if (key === 'Enter' || key === ' ') pick(day)
  else return
  event.preventDefault()
}

function onCard(event, link, cell) {
  const { key } = event
  const card = cardOf(link.dataset.card)
  if (key === 'm' && card && !event.ctrlKey && !event.metaKey && !event.altKey) beginMove(card, link)
  else if (cell && key === 'Escape') cell.focus()
  else if (cell && (key === 'ArrowUp' || key === 'ArrowDown')) {
    const links = linksOf(cell)
    const next = links[links.indexOf(link) + (key === 'ArrowUp' ? -1 : 1)]
    ;(next ?? cell).focus()
  } else if (cell && (key === 'ArrowLeft' || key === 'ArrowRight')) goTo(plusDays(cell.dataset.date, STEPS[key]))
  else return
  event.preventDefault()
  event.stopPropagation()
}

/** Begin; *pick(day)* is what Enter on a day does. */
export function listen(pick) {
  grid.addEventListener('keydown', (event) => {
    const link = event.target.closest('[data-card], .band__name, .more')
    const cell = event.target.closest('.day[data-date]')
    if (link && !link.closest('.fc__popover')) onCard(event, link, cell)
    else if (link) { if (event.key === 'm') onCard(event, link, null) } else if (cell === event.target) onDay(event, cell.dataset.date, pick)
  })
  grid.addEventListener('focusin', (event) => {
    const cell = event.target.closest('.day[data-date]')
    if (cell && cell.dataset.date !== current) settle(cell.dataset.date)
  })
  onChange(() => requestAnimationFrame(() => settle()))
}
