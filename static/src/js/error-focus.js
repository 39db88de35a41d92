// Moves focus to the summary of errors, and from its links to the fields.
// Reads: data-error-summary on the summary.
import { behaviour, listen } from './behaviour.js'

behaviour('[data-error-summary]', (summary) => {
  summary.focus()
  return listen([summary, 'click', (event) => {
    const field = document.getElementById(event.target.closest('a')?.hash.slice(1) ?? '')
    if (!field) return
    event.preventDefault()
    field.focus()
    field.closest('.field')?.scrollIntoView({ block: 'center' })
  }])
})
