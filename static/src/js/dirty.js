// Warns before the page is left while a form holds changes that were not sent.
// Reads: data-dirty on <form>. Sets class is-dirty on it; shows [data-dirty-note] inside it.
import { behaviour, listen } from './behaviour.js'

const snapshot = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value instanceof File ? value.name : value]))

behaviour('form[data-dirty]', (form) => {
  let first = snapshot(form)
  const isDirty = () => snapshot(form) !== first
  const show = () => {
    const dirty = isDirty()
    form.classList.toggle('is-dirty', dirty)
    form.querySelectorAll('[data-dirty-note]').forEach((note) => { note.hidden = !dirty })
  }
  const settle = () => { first = snapshot(form); show() }
  show()
  return listen(
    [form, 'input', show],
    [form, 'change', show],
    [form, 'reset', () => setTimeout(show)],
    [form, 'submit', (event) => { if (!event.defaultPrevented) settle() }],
    [form, 'htmx:afterRequest', ({ target, detail }) => { if (target === form && detail.successful) settle() }],
    [window, 'beforeunload', (event) => {
      if (!isDirty()) return
      event.preventDefault()
      event.returnValue = '' // older browsers ask only then
    }],
  )
})
