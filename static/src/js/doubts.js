// Leads from one doubtful value of a plan's preview to the next, and back; n and p press the links (keys.js).
// Reads: data-doubts (around the links), data-doubt-step="1" or "-1" on a link, data-doubt on a doubtful row, whose
//        first link takes the focus. Without JavaScript the links lead to the first doubt and each row to the next one.
import { behaviour, listen } from './behaviour.js'

behaviour('[data-doubts]', (root) => {
  let last = -1
  const go = (event) => {
    const step = event.target.closest('[data-doubt-step]')
    const rows = [...document.querySelectorAll('[data-doubt]')]
    if (!step || !rows.length) return
    event.preventDefault()
    const here = rows.indexOf(document.activeElement.closest('[data-doubt]'))
    if (here >= 0) last = here
    const from = last < 0 && step.dataset.doubtStep === '-1' ? 0 : last
    last = (from + Number(step.dataset.doubtStep) + rows.length) % rows.length
    rows[last].scrollIntoView({ block: 'center' })
    rows[last].querySelector('a').focus({ preventScroll: true })
  }
  return listen([root, 'click', go])
})
