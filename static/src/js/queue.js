// A queue that is gone through by keys: one entry is current, its buttons have the keys, Enter opens it.
// Reads: data-queue on the list, data-queue-moved on it after a swap (the current entry takes the focus);
//        data-queue-row on entries, data-queue-open on an entry's link, data-queue-key="y" on its buttons,
//        data-queue-step="1" or "-1" on buttons outside, data-queue-close on what closes a form inside an entry,
//        data-queue-done on the note of the last decision (gone after ten seconds).
import { behaviour, listen } from './behaviour.js'

const SECONDS = 10

behaviour('[data-queue]', (list) => {
  const rows = () => [...list.querySelectorAll('[data-queue-row]')]
  const current = () => list.querySelector('[data-queue-row][aria-current]')

  /** Give the keys to the buttons of *row*; a form that is open in it comes before the row's own. */
  const arm = (row) => {
    list.querySelectorAll('[data-queue-key]').forEach((e) => delete e.dataset.shortcut)
    const open = row?.querySelector('[data-queue-close]')?.closest('form')
    row?.querySelectorAll('[data-queue-key]').forEach((e) => {
      if (!(open && e.dataset.queueKey === 'y')) e.dataset.shortcut = e.dataset.queueKey
    })
    const submit = open?.querySelector('[type=submit]')
    if (submit) { submit.dataset.queueKey = 'y'; submit.dataset.shortcut = 'y' }
  }
  const stand = (row, { focus = false } = {}) => {
    if (!row) return
    current()?.removeAttribute('aria-current')
    row.setAttribute('aria-current', 'true')
    arm(row)
    if (focus) { row.focus({ preventScroll: true }); row.scrollIntoView({ block: 'nearest' }) }
  }
  const step = (by) => {
    const all = rows()
    stand(all[all.indexOf(current()) + by], { focus: true })
  }

  stand(current() ?? rows()[0], { focus: 'queueMoved' in list.dataset && !list.querySelector('[role=alert]') })
  return listen(
    [list, 'click', (event) => {
      const by = event.target.closest('[data-queue-step]')?.dataset.queueStep
      if (by) step(Number(by))
      const close = event.target.closest('[data-queue-close]')
      const box = close?.closest('.found__choose')
      if (box) { event.preventDefault(); box.replaceChildren(); stand(current(), { focus: true }) }
    }],
    [list, 'focusin', ({ target }) => {
      const row = target.closest('[data-queue-row]')
      if (row && row !== current()) stand(row)
    }],
    [list, 'keydown', (event) => {
      if (event.key === 'Enter' && event.target.matches('[data-queue-row]')) event.target.querySelector('[data-queue-open]').click()
      if (event.key === 'Escape') event.target.closest('[data-queue-row]')?.querySelector('[data-queue-close]')?.click()
    }],
    [list, 'htmx:afterSwap', () => arm(current())],
  )
})

behaviour('[data-queue-done]', (note) => {
  const timer = setTimeout(() => note.remove(), SECONDS * 1000)
  return () => clearTimeout(timer)
})
