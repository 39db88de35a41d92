// Moves a card by keyboard or by touch: arrows choose the day, Enter drops, Esc leaves it. Each day is said aloud,
// with the reason where it may not land.
// Reads: [data-calendar-move-bar] with [data-move-title], [data-move-day], [data-move-step], [data-move-said],
//        [data-move-drop], [data-move-cancel].
import { fill, part, texts } from './page.js'
import { longDay, plusDays, plusMonths, today } from './days.js'
import { whyNot } from './land.js'
import { move } from './moves.js'
import { focusCard } from './card.js'

const bar = part('move-bar')
const find = (name) => bar.querySelector(`[data-move-${name}]`)
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }
let card = null
let day = ''
let back = null
let show = () => {}

/** The grid shows the day that is meant: called with it, and with "" at the end. */
export const onAim = (shown) => { show = shown }

/** Begin to move *wanted*; the focus returns to *from* when it is left. */
export function beginMove(wanted, from) {
  card = wanted
  back = from
  bar.hidden = false
  document.documentElement.classList.add('is-moving')
  find('title').textContent = fill(texts.moving, { title: wanted.t })
  aim(wanted.d || today())
  bar.focus({ preventScroll: true })
}

function aim(wanted) {
  if (!/^\d{4}-\d\d-\d\d$/.test(wanted)) return
  day = wanted
  const reason = day === card.d ? '' : whyNot(card, day)
  find('day').value = day
  find('said').textContent = reason ? `${longDay(day)}. ${reason}` : longDay(day)
  find('said').classList.toggle('move-bar__said--no', Boolean(reason))
  find('drop').setAttribute('aria-disabled', String(Boolean(reason)))
  show(day, Boolean(reason), card)
}

function end() {
  bar.hidden = true
  card = null
  document.documentElement.classList.remove('is-moving')
  show('', false)
}

function cancel() {
  const to = back
  end()
  to?.focus({ preventScroll: true })
}

async function drop() {
  const wanted = card
  const to = day
  if (!wanted || (to !== wanted.d && whyNot(wanted, to))) return
  if (to === wanted.d) { cancel(); return }
  end()
  await move(wanted, to)
  focusCard(wanted.k)
}

bar.addEventListener('keydown', (event) => {
  const { key } = event
  const isField = event.target.matches('input')
  if (key === 'Escape') cancel()
  else if (key === 'Enter' && (isField || event.target === bar)) drop()
  else if (STEPS[key] && !isField) aim(plusDays(day, STEPS[key]))
  else if (key === 'PageUp' || key === 'PageDown') aim(plusMonths(day, key === 'PageUp' ? -1 : 1))
  else return
  event.preventDefault()
  event.stopPropagation()
})
bar.addEventListener('click', ({ target }) => {
  const step = target.closest('[data-move-step]')
  if (step) aim(plusDays(day, Number(step.dataset.moveStep)))
  else if (target.closest('[data-move-drop]')) drop()
  else if (target.closest('[data-move-cancel]')) cancel()
})
find('day').addEventListener('change', () => aim(find('day').value))
