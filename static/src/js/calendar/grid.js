// The grid: FullCalendar in local days, fed from the server, drawn by card.js.
// Reads: [data-calendar-grid]; data-cards-url, data-zone, data-language, data-view, data-day of the page.
import { Calendar } from 'fullcalendar'
import dayGrid from 'fullcalendar/daygrid'
import timeGrid from 'fullcalendar/timegrid'
import list from 'fullcalendar/list'
import interaction from 'fullcalendar/interaction'
import vi from 'fullcalendar/locales/vi'
import en from 'fullcalendar/locales/en-gb'
import { fill, given, make, part, phone, say, sign, texts } from './page.js'
import { classesOf, draw } from './card.js'
import { corner, mount, unmount } from './cells.js'
import { longDay, plusDays, shortDay, weekdays } from './days.js'
import { LOOK } from './look.js'
import { cardOf, days, onChange, rank, replaceAll } from './store.js'
import { getJson } from './server.js'
import { whyNot } from './land.js'
import { move } from './moves.js'
import { hideTip } from './tip.js'
import { filtersOf } from './address.js'

const place = part('grid')
const MOST_CARDS = 3 // of a day in the month, beside its bands
const HOUR_ROW = 36 // pixels of half an hour: a card of an hour shows its title
const WEEK_HEIGHT = 'max(32rem, 100vh - 11.5rem)'
const names = { vi: ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] }
const heard = { pick: () => {}, dates: () => {}, tabIndex: () => 0 }
let said = '' // why the last day that a card was dragged over does not take it

/** Hand in what other modules do: pick(day), dates(view, first, last), tabIndex(day). */
export const hear = (more) => Object.assign(heard, more)

const dayOf = (date) => calendar.formatIso(date, true)

function input(card) {
  return {
    id: card.k, title: card.t, start: card.h ? `${card.d}T${card.h}:00` : card.d, allDay: !card.h,
    className: classesOf(card), startEditable: !card.x, durationEditable: false, extendedProps: { rank: rank(card) },
  }
}

function bandInput(band) {
  return {
    id: `b${band.id}`, title: band.name, allDay: true, editable: false,
    ...(isList() ? { start: band.held } : { start: band.first, end: plusDays(band.last, 1) }), // a list says it once
    className: `band${band.colour ? ` theme-${band.colour}` : ''}`, extendedProps: { rank: -1, band },
  }
}

function bandContent({ name, slogan, held, first, last, occasion }) {
  const told = fill(texts.band, { name, held: shortDay(held), first: shortDay(first), last: shortDay(last) })
  const label = make('a', 'band__name', slogan ? `${name}: ${slogan}` : name, { title: told, 'aria-label': told, href: given.occasionUrl.replace(/\d+$/, occasion), draggable: 'false', tabindex: isList() ? 0 : -1 })
  return { domNodes: [label] }
}

const isList = () => viewOf(calendar.view.type) === 'list'

function content({ event }) {
  const { band } = event.extendedProps
  if (band) return bandContent(band)
  const card = cardOf(event.id) ?? event.extendedProps.card
  return { domNodes: card ? [draw(card, heard.tabIndex(card.d), isList())] : [] }
}

async function feed({ startStr, endStr }, done, failed) {
  const query = new URLSearchParams({ ...filtersOf(), start: startStr.slice(0, 10), end: endStr.slice(0, 10) })
  try {
    const answer = await getJson(`${given.cardsUrl}?${query}`)
    replaceAll(answer)
    calendar.setOption('dayMaxEvents', room())
    done([...(phone.matches && calendar.view.type === 'dayGridMonth' ? [] : answer.days.bands.map(bandInput)), ...answer.cards.map(input)])
    problem('')
  } catch (trouble) {
    problem(trouble.message)
    failed(trouble)
  }
  place.removeAttribute('aria-busy')
  place.querySelector('.calendar__skeleton')?.remove()
}

/** How many rows a day has: its cards, and the bands that run over one another. On a phone cards are dots. */
function room() {
  if (phone.matches) return viewOf(calendar.view.type) === 'week' ? 2 : 0
  const lanes = []
  for (const band of [...days.bands].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    const free = lanes.findIndex((last) => last < band.first)
    lanes[free < 0 ? lanes.length : free] = band.last
  }
  return MOST_CARDS + lanes.length
}

function problem(text) {
  const box = part('problem')
  box.hidden = !text
  part('problem-text').textContent = text
}

function weekday({ date, dow, inPopover, view }) {
  if (inPopover) return longDay(dayOf(date))
  const name = phone.matches ? names[given.language === 'vi' ? 'vi' : 'en'][dow] : weekdays[dow]
  if (view.type === 'dayGridMonth') return name
  const day = dayOf(date)
  return { domNodes: [make('span', '', name), make('span', 'fc__weekday-day', `${Number(day.slice(8))}/${Number(day.slice(5, 7))}`)] }
}

/** Thứ Sáu, 1/5/2026 over the cards of a day in the list, with what is known of the day. */
function listDay({ date, level }) {
  if (level) return ''
  const day = dayOf(date)
  const told = [days.sky[day]?.[0] ? fill(texts.lunar, { day: days.sky[day][0] }) : '', days.off[day]?.[0]].filter(Boolean).join(' · ')
  return { domNodes: [make('span', '', longDay(day)), make('span', 'list-day__told', told)] }
}

function dropped(info) {
  const card = cardOf(info.event.id)
  const day = info.event.startStr.slice(0, 10)
  info.revert()
  if (card && day !== card.d) move(card, day)
}

function received(info) {
  hint('', '')
  const { card } = info.event.extendedProps
  const day = info.event.startStr.slice(0, 10)
  info.revert()
  move(card, day)
}

function mayLand(span, event) {
  const card = cardOf(event.id) ?? event.extendedProps.card
  if (!card) return false
  const day = span.startStr.slice(0, 10)
  said = day === card.d ? '' : whyNot(card, day)
  hint(day, said)
  return !said
}

/** Over which day the card is held, and why that one does not take it; seen, not said: the drop is said. */
function hint(day, reason) {
  const box = part('hint')
  box.hidden = !day
  box.textContent = day && [longDay(day), reason].filter(Boolean).join('. ')
  box.classList.toggle('drag-hint--no', Boolean(reason))
}

function dragged({ event, jsEvent }) {
  document.documentElement.classList.remove('is-dragging')
  hint('', '')
  const card = cardOf(event.id)
  const at = jsEvent.changedTouches?.[0] ?? jsEvent
  const isOverPool = document.elementFromPoint(at.clientX, at.clientY)?.closest('[data-calendar-pool]')
  if (card && isOverPool) move(card, '')
  else if (said) say(said, 'danger')
  said = ''
}

const heightOf = (view) => (view === 'week' ? WEEK_HEIGHT : 'auto')
const VIEWS = { month: () => 'dayGridMonth', week: () => (phone.matches ? 'threeDays' : 'timeGridWeek'), list: () => 'listMonth' }
export const viewOf = (type) => (type === 'dayGridMonth' ? 'month' : type === 'listMonth' ? 'list' : 'week')

export const calendar = new Calendar(place.appendChild(make('div', 'calendar__fc')), {
  plugins: [dayGrid, timeGrid, list, interaction, LOOK],
  locales: [vi, en],
  locale: given.language === 'vi' ? 'vi' : 'en-gb',
  timeZone: given.zone,
  initialView: VIEWS[given.view](),
  initialDate: given.day,
  views: {
    timeGrid: { eventOrderStrict: false }, // hours are order enough: a card that finds room beside another is shown
    threeDays: { type: 'timeGrid', duration: { days: 3 } },
    listMonth: { eventDisplay: 'list-item', listDayAltFormat: false, listDayHeaderContent: listDay },
  },
  headerToolbar: false,
  height: heightOf(given.view),
  firstDay: 1,
  fixedWeekCount: false,
  lazyFetching: false,
  nowIndicator: true,
  allDayText: texts.allDay,
  noEventsText: texts.none,
  closeHint: texts.close,
  popoverCloseContent: () => ({ domNodes: [sign('x')] }),
  scrollTime: '05:00:00',
  slotDuration: '00:30:00',
  slotMinHeight: HOUR_ROW,
  slotHeaderInterval: '01:00:00',
  slotHeaderFormat: { hour: '2-digit', minute: '2-digit', hour12: false },
  defaultTimedEventDuration: '01:00:00',
  nextDayThreshold: '12:00:00', // a card late in the evening does not run into the next day
  eventMaxStack: 2,
  slotEventOverlap: false, // side by side: no card lies on another's words
  eventDisplay: 'block',
  eventInteractive: false,
  eventOrder: (one, other) => one.extendedProps.rank - other.extendedProps.rank,
  eventOrderStrict: true,
  eventContent: content,
  dayMaxEvents: MOST_CARDS,
  moreLinkContent: ({ num }) => fill(texts.more, { number: num }),
  moreLinkHint: (number) => fill(texts.moreHint, { number }),
  moreLinkClick: () => (phone.matches ? true : 'popover'),
  dayHeaderContent: weekday,
  dayHeaderDidMount: ({ el }) => el.querySelectorAll('[aria-hidden]').forEach((one) => one.removeAttribute('aria-hidden')), // a head that hides its text is empty to axe
  dayCellTopContent: ({ date }) => corner(dayOf(date)),
  dayCellDidMount: ({ el }) => mount(el.dataset.date, el),
  dayCellWillUnmount: ({ el }) => unmount(el.dataset.date, el),
  editable: true,
  droppable: true,
  dragRevertDuration: 0,
  eventAllow: mayLand,
  eventDragStart: () => { hideTip(); said = ''; document.documentElement.classList.add('is-dragging') },
  eventDragStop: dragged,
  eventDrop: dropped,
  eventReceive: received,
  dateClick: ({ dateStr }) => heard.pick(dateStr.slice(0, 10)),
  datesSet: ({ view }) => {
    heard.dates(viewOf(view.type), dayOf(view.currentStart), plusDays(dayOf(view.currentEnd), -1))
    if (viewOf(view.type) === 'week') requestAnimationFrame(tidyHours)
  },
  eventSources: [{ id: 'cards', events: feed }],
})

/** Show *view* around *day*. */
export function go(view, day) {
  calendar.setOption('height', heightOf(view))
  if (VIEWS[view]() === calendar.view.type) calendar.gotoDate(day)
  else calendar.changeView(VIEWS[view](), day)
}

/** What FullCalendar leaves to its users: hours that are scrolled by keyboard, and no heading without a text. */
function tidyHours() {
  place.querySelectorAll('[role="rowheader"][aria-label]').forEach((one) => {
    one.removeAttribute('role')
    one.removeAttribute('aria-label')
  })
  const hours = [...place.querySelectorAll('[role="grid"] div')].find((one) => getComputedStyle(one).overflowY === 'auto')
  if (!hours) return
  hours.closest('[role="rowgroup"]')?.removeAttribute('role')
  hours.setAttribute('role', 'rowgroup')
  hours.tabIndex = 0
}

onChange(({ all, gone, now }) => {
  if (all) return
  gone.forEach((key) => calendar.getEventById(key)?.remove())
  now.forEach((card) => calendar.addEvent(input(card), 'cards'))
})

phone.addEventListener('change', () => {
  const view = viewOf(calendar.view.type)
  calendar.changeView(VIEWS[view]())
  calendar.refetchEvents()
})
