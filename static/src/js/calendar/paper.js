// The month or week on paper: a plain table of what the page knows, made when somebody prints and taken away
// afterwards. FullCalendar measures its rows for the screen and has no time to do it again for a sheet.
import { make, part, sign } from './page.js'
import { calendar, viewOf } from './grid.js'
import { classesOf, draw } from './card.js'
import { offName } from './cells.js'
import { monday, plusDays, weekdays } from './days.js'
import { cardsOn, days } from './store.js'

const SHEET = { width: 1047, height: 650 } // CSS pixels of A4 across within its margins, below the heading
const SIZES = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7] // of the letters; a fuller month takes a second sheet

/** Bands that run over this week, in as few rows as they need; each row is cells with how many days they take. */
function lanes(first) {
  const last = plusDays(first, 6)
  const rows = []
  for (const band of [...days.bands].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    if (band.last < first || band.first > last) continue
    const from = band.first < first ? first : band.first
    const row = rows.find((cells) => cells.at(-1).until < from) ?? (rows.push([]), rows.at(-1))
    row.push({ band, from, until: band.last > last ? last : band.last })
  }
  return rows
}

const between = (from, until) => Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000)

function laneRow(first, cells) {
  const row = make('tr', 'paper__bands')
  let day = first
  const gap = (until) => { for (; day < until; day = plusDays(day, 1)) row.append(make('td', '')) }
  for (const { band, from, until } of cells) {
    gap(from)
    const told = band.slogan ? `${band.name}: ${band.slogan}` : band.name
    const label = make('span', `paper__band${band.colour ? ` theme-${band.colour}` : ''}`, told)
    row.append(make('td', '', label, { colspan: between(from, until) + 1 }))
    day = plusDays(until, 1)
  }
  gap(plusDays(first, 7))
  return row
}

function dayHead(day, month) {
  const [lunar] = days.sky[day] ?? ['']
  const isHeld = days.bands.some((band) => band.held === day)
  const made = [
    make('span', 'paper__number', String(Number(day.slice(8)))),
    make('span', 'paper__off', offName(day)),
    make('span', 'paper__lunar', [lunar, isHeld ? sign('flag') : null]),
  ]
  return make('td', !month || day.startsWith(month) ? '' : 'paper__other', make('div', 'paper__head', made))
}

function dayCards(day) {
  return make('td', '', cardsOn(day).map((card) => make('div', classesOf(card), draw(card, -1))))
}

function week(first, month) {
  const all = Array.from({ length: 7 }, (_, index) => plusDays(first, index))
  return make('tbody', 'paper__week', [
    make('tr', '', all.map((day) => dayHead(day, month))),
    ...lanes(first).map((cells) => laneRow(first, cells)),
    make('tr', 'paper__cards', all.map(dayCards)),
  ])
}

/** The Mondays of the weeks that are shown. */
function mondays(view) {
  const last = plusDays(calendar.formatIso(view.currentEnd, true), -1)
  const found = []
  for (let day = monday(calendar.formatIso(view.currentStart, true)); day <= last; day = plusDays(day, 7)) found.push(day)
  return found
}

function table(view) {
  const month = viewOf(view.type) === 'month' ? calendar.formatIso(view.currentStart, true).slice(0, 7) : ''
  const names = [...weekdays.slice(1), weekdays[0]].map((name) => make('th', '', name, { scope: 'col' }))
  return make('table', 'paper', [make('thead', '', make('tr', '', names)), ...mondays(view).map((first) => week(first, month))])
}

/** The largest letters with which it takes no more sheets than with the smallest. */
function fit(paper) {
  const heightAt = (size) => {
    paper.style.setProperty('--fit', size)
    return paper.offsetHeight * size
  }
  const sheets = Math.ceil(heightAt(SIZES.at(-1)) / SHEET.height)
  const room = SHEET.height * (sheets === 1 ? 1 : sheets - 0.3) // a week is not torn: sheets end with a gap
  SIZES.find((size) => heightAt(size) <= room) ?? heightAt(SIZES.at(-1))
}

function lay() {
  lift()
  const { view } = calendar
  if (viewOf(view.type) === 'list') return // it prints as it stands
  const paper = table(view)
  paper.style.setProperty('--paper', `${SHEET.width}px`)
  part('grid').after(paper)
  fit(paper)
  document.documentElement.classList.add('has-paper')
}

function lift() {
  document.querySelector('.paper')?.remove()
  document.documentElement.classList.remove('has-paper')
}

addEventListener('beforeprint', lay)
addEventListener('afterprint', lift)
