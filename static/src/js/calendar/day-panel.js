// On a phone the month shows dots; the day that was touched is listed below with its cards.
// Reads: [data-calendar-day].
import { fill, make, part, phone, sign, texts } from './page.js'
import { longDay, today } from './days.js'
import { cellOf } from './cells.js'
import { cardsOn, days, onChange } from './store.js'
import { classesOf, draw } from './card.js'
import { makeOn, mayMake } from './piece.js'

const panel = part('day')
let chosen = ''

function add() {
  const button = make('button', 'btn btn-secondary btn-sm', [sign('plus'), texts.add], { type: 'button', 'aria-label': fill(texts.addOn, { day: longDay(chosen) }) })
  button.addEventListener('click', () => makeOn(chosen))
  return button
}

function paint() {
  const cards = cardsOn(chosen)
  const told = [days.sky[chosen]?.[0] ? fill(texts.lunar, { day: days.sky[chosen][0] }) : '', days.off[chosen]?.[0] ?? ''].filter(Boolean).join(' · ')
  const bands = days.bands.filter((band) => band.first <= chosen && chosen <= band.last)
  panel.replaceChildren(
    make('header', 'day-panel__head', [make('div', '', [make('h2', 'day-panel__title', longDay(chosen)), make('p', 'day-panel__told', told)]), mayMake ? add() : '']),
    ...bands.map((band) => make('p', `day-panel__band${band.colour ? ` theme-${band.colour}` : ''}`, [sign('flag'), band.name])),
    cards.length
      ? make('ul', 'day-panel__list', cards.map((card) => make('li', `box box--list ${classesOf(card)}`, draw(card, 0, true))))
      : make('p', 'day-panel__none', texts.noneOnDay),
  )
}

/** List *day* below the grid. */
export function choose(day) {
  if (chosen) cellOf(chosen)?.removeAttribute('data-chosen')
  chosen = day
  cellOf(day)?.setAttribute('data-chosen', '')
  show()
}

function show() {
  const isOn = phone.matches && Boolean(cellOf(chosen)) && part('grid').querySelector('.card__link') === null
  panel.hidden = !isOn
  if (isOn) paint()
}

onChange(() => requestAnimationFrame(() => {
  if (!phone.matches) { panel.hidden = true; return }
  if (!cellOf(chosen)) chosen = cellOf(today()) ? today() : ''
  if (chosen) choose(chosen)
  else panel.hidden = true
}))
