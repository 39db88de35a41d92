// Ten seconds in which the last move can be taken back: by its button, by u, by Ctrl+Z. The seconds stand still
// while the pointer or the focus is on it.
// Reads: [data-calendar-undo] with [data-undo-text], [data-undo-act].
import { part } from './page.js'

const SECONDS = 10
const toast = part('undo')
let waiting
let left = 0
let take = null

function tick() {
  if (toast.matches(':hover, :focus-within')) return
  left -= 1
  if (left <= 0) close()
}

function close() {
  clearInterval(waiting)
  take = null
  toast.hidden = true
}

function undo() {
  const act = take
  if (!act) return
  close()
  act()
}

/** Say *text* and call *act* when it is taken back within ten seconds. */
export function offerUndo(text, act) {
  clearInterval(waiting)
  take = act
  left = SECONDS
  toast.hidden = false
  toast.querySelector('[data-undo-text]').textContent = text
  waiting = setInterval(tick, 1000)
}

const button = toast.querySelector('[data-undo-act]')
button.dataset.shortcut = 'u'
button.addEventListener('click', undo)
toast.addEventListener('keydown', ({ key }) => { if (key === 'Escape') close() })
document.addEventListener('keydown', (event) => {
  const isTyping = event.target.closest?.('input, textarea, select, dialog')
  if (take && !isTyping && (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z') {
    event.preventDefault()
    undo()
  }
})
