// The corner of each day: number, lunar date, day off, the occasion that is kept; and how the day is called.
import { fill, make, phone, sign, stateOf, texts } from './page.js'
import { longDay, today } from './days.js'
import { cardsOn, days, onChange } from './store.js'

/** The name of a day off; empty on other days. */
export const offName = (day) => days.off[day]?.[0] ?? ''

const cells = new Map() // by day; the same day may stand in the grid and in the row above the hours
const MOST_DOTS = 4

/** What FullCalendar puts into a day's corner. */
export function corner(day) {
  const made = make('div', 'day__corner', [], { 'data-corner': day })
  paintCorner(made, day)
  return { domNodes: [made] }
}

function paintCorner(corner, day) {
  const [lunar, isMarked] = days.sky[day] ?? ['', false]
  const off = days.off[day]
  const held = days.bands.filter((band) => band.held === day)
  corner.replaceChildren(
    make('span', 'day__number', String(Number(day.slice(8)))),
    ...(off ? [make('span', 'day__off', off[0], { title: off[0] })] : []),
    ...(lunar ? [make('span', isMarked ? 'day__lunar day__lunar--marked' : 'day__lunar', lunar)] : []),
    ...held.map((band) => make('span', `day__held${band.colour ? ` theme-${band.colour}` : ''}`, sign('flag'))),
  )
  if (phone.matches) corner.append(dots(day))
}

function dots(day) {
  const cards = cardsOn(day)
  const made = make('span', 'day__dots', cards.slice(0, MOST_DOTS).map((card) => make('span', `day__dot tone-${stateOf(card.s).tone}`)))
  if (cards.length > MOST_DOTS) made.append(make('span', 'day__count', String(cards.length)))
  return made
}

function isOff(day) {
  const off = days.off[day]
  return off ? off[1] : [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay())
}

function name(day) {
  const [lunar] = days.sky[day] ?? ['']
  const bands = days.bands.filter((band) => band.held === day).map((band) => band.name)
  const count = cardsOn(day).length
  return [
    longDay(day), day === today() ? texts.today : '', lunar ? fill(texts.lunar, { day: lunar }) : '',
    days.off[day]?.[0] ?? (isOff(day) ? texts.dayOff : ''), ...bands,
    count ? fill(texts.count, { number: count }) : texts.noneOnDay,
  ].filter(Boolean).join(', ')
}

function paint(day) {
  for (const cell of cells.get(day) ?? []) {
    cell.setAttribute('aria-label', name(day))
    cell.toggleAttribute('data-off', isOff(day))
    cell.toggleAttribute('data-window', phone.matches && days.bands.some((band) => band.first <= day && day <= band.last))
  }
  document.querySelectorAll(`[data-corner="${day}"]`).forEach((corner) => paintCorner(corner, day))
}

/** A day came into the page. */
export function mount(day, cell) {
  if (!cells.has(day)) cells.set(day, new Set())
  cells.get(day).add(cell)
  paint(day)
}

/** A day left it. */
export function unmount(day, cell) {
  cells.get(day)?.delete(cell)
  if (!cells.get(day)?.size) cells.delete(day)
}

/** The cell of a day, when it is in the page. */
export const cellOf = (day) => [...(cells.get(day) ?? [])][0]
export const daysShown = () => [...cells.keys()].sort()

/** Mark the day that a card is aimed at, and show the card there as it would stand. */
export function aimAt(day, isRefused, card) {
  document.querySelectorAll('[data-aim]').forEach((cell) => {
    cell.removeAttribute('data-aim')
    cell.querySelector('.day__ghost')?.remove()
  })
  const cell = cellOf(day)
  if (!cell) return
  cell.dataset.aim = isRefused ? 'no' : 'yes'
  cell.append(make('div', 'day__ghost', card.t, { 'aria-hidden': 'true' }))
  cell.scrollIntoView({ block: 'nearest' })
}

onChange(() => [...cells.keys()].forEach(paint))
