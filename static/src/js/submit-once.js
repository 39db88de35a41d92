// A form goes out once, however often its button is clicked.
// Reads: data-submit-once on <form>. The button gets aria-disabled, keeps its focus and its name=value.
import { behaviour, listen } from './behaviour.js'

behaviour('form[data-submit-once]', (form) => {
  let isSent = false
  const buttons = () => [...form.elements].filter((e) => e.type === 'submit')
  const free = () => { isSent = false; buttons().forEach((b) => b.removeAttribute('aria-disabled')) }
  return listen(
    [form, 'submit', (event) => {
      if (isSent) { event.preventDefault(); event.stopImmediatePropagation(); return }
      isSent = true
      buttons().forEach((b) => b.setAttribute('aria-disabled', 'true'))
    }, { capture: true }],
    [form, 'htmx:afterRequest', ({ target }) => { if (target === form) free() }],
    [window, 'pageshow', ({ persisted }) => { if (persisted) free() }], // back from the next page
  )
})
