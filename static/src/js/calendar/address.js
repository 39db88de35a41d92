// The address says what is shown: view, month or day, filters. Going elsewhere writes it; Back reads it.
// Reads: links with data-calendar-step, data-calendar-view; links and forms with data-calendar-place;
//        [data-calendar-title]. The server writes the same address (campaigns/calendar/asked.py).
import { given, part } from './page.js'
import { monday, monthTitle, plusDays, plusMonths, spanTitle, today } from './days.js'

const PLACE = ['view', 'month', 'day', 'week']
const head = document.title
const firstTitle = part('title').textContent
const state = { view: given.view, day: given.day, first: '', last: '' }
let isTold = false
let go = () => {}

/** The filters of the address: all that is not the place. */
export function filtersOf() {
  return Object.fromEntries([...new URLSearchParams(location.search)].filter(([name, value]) => !PLACE.includes(name) && value))
}

function placeOf(view, day) {
  return { ...(view === 'month' ? {} : { view }), ...(view === 'week' ? { day } : { month: day.slice(0, 7) }) }
}

function addressOf(view, day, filters = filtersOf()) {
  const query = new URLSearchParams({ ...placeOf(view, day), ...filters }).toString()
  return query ? `${given.pageUrl}?${query}` : given.pageUrl
}

/** Today when it is shown, else the first day that is. */
const lookedAt = () => (state.first <= today() && today() <= state.last ? today() : state.first)

function step(by) {
  if (!by) return today()
  return state.view === 'week' ? plusDays(state.first, by * ((state.last > plusDays(state.first, 2)) ? 7 : 3)) : plusMonths(state.first, by)
}

function rewriteLinks() {
  document.querySelectorAll('[data-calendar-step]').forEach((link) => { link.href = addressOf(state.view, step(Number(link.dataset.calendarStep))) })
  document.querySelectorAll('[data-calendar-view]').forEach((link) => {
    link.href = addressOf(link.dataset.calendarView, lookedAt())
    if (link.dataset.calendarView === state.view) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  })
  document.querySelectorAll('a[data-calendar-place]').forEach((link) => {
    const filters = Object.fromEntries([...new URL(link.href).searchParams].filter(([name]) => !PLACE.includes(name)))
    link.href = addressOf(link.dataset.view ?? state.view, state.day, filters)
  })
  document.querySelectorAll('form[data-calendar-place]').forEach((form) => {
    form.querySelectorAll('input[type=hidden]').forEach((field) => field.remove())
    for (const [name, value] of Object.entries(placeOf(state.view, state.day))) {
      const field = Object.assign(document.createElement('input'), { type: 'hidden', name, value })
      form.prepend(field)
    }
  })
}

/** The grid shows *view* from *first* to *last*: write the address, the title and the links. */
export function shown(view, first, last) {
  const day = view === 'week' ? first : lookedAtIn(first, last)
  Object.assign(state, { view, day, first, last })
  const title = view === 'week' ? spanTitle(first, last) : monthTitle(first)
  part('title').textContent = title
  document.title = head.replace(firstTitle, title)
  const address = addressOf(view, day)
  if (address !== location.pathname + location.search) {
    if (isTold) history.pushState(null, '', address)
    else history.replaceState(null, '', address)
  }
  isTold = true
  given.view = view
  rewriteLinks()
}

const lookedAtIn = (first, last) => (first <= today() && today() <= last ? today() : first)

function read() {
  const asked = new URLSearchParams(location.search)
  const month = asked.get('month')
  const day = asked.get('day') || (month ? lookedAtIn(`${month}-01`, plusDays(plusMonths(`${month}-01`, 1), -1)) : today())
  return [asked.get('view') || 'month', day]
}

/** Follow the links and the browser's Back without a new page; *wanted(view, day)* shows it. */
export function follow(wanted) {
  go = wanted
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-calendar-step], a[data-calendar-view]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.dataset.calendarView === 'days') return
    event.preventDefault()
    if (link.dataset.calendarView) go(link.dataset.calendarView, state.view === 'week' && link.dataset.calendarView === 'week' ? monday(state.day) : lookedAt())
    else go(state.view, step(Number(link.dataset.calendarStep)))
  })
  addEventListener('popstate', () => {
    isTold = false
    go(...read())
  })
}
