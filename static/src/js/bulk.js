// Ticks of a list: one for the whole page, how many there are, fields of the chosen deed only; "x" ticks the focused row.
// Reads: form[data-bulk] with select[name=deed] (options carry data-needs="day reason") and .bulk__field--<name>;
//        data-bulk-all, data-bulk-row on ticks; data-bulk-count (data-text) for the number.
import { behaviour, listen } from './behaviour.js'

behaviour('[data-bulk]', (form) => {
  const rows = () => [...document.querySelectorAll('[data-bulk-row]')]
  const all = document.querySelector('[data-bulk-all]')
  const count = form.querySelector('[data-bulk-count]')
  const before = count.textContent
  const deed = form.elements.deed

  const show = () => {
    const ticked = rows().filter((one) => one.checked).length
    count.textContent = ticked ? `${count.dataset.text} ${ticked}` : before
    form.classList.toggle('bulk--on', ticked > 0)
    if (all) {
      all.checked = ticked > 0 && ticked === rows().length
      all.indeterminate = ticked > 0 && ticked < rows().length
    }
  }
  const fields = () => {
    const needs = (deed.selectedOptions[0]?.dataset.needs ?? '').split(' ')
    form.querySelectorAll('.bulk__field').forEach((field) => {
      field.hidden = !needs.some((name) => name && field.classList.contains(`bulk__field--${name}`))
    })
  }
  const press = (event) => {
    if (event.key !== 'x' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.target.closest?.('input:not([type=checkbox]), textarea, select') || document.querySelector('dialog[open]')) return
    const tick = event.target.closest?.('tr')?.querySelector('[data-bulk-row]')
    if (tick) { event.preventDefault(); tick.click() }
  }
  show()
  fields()
  return listen(
    [document, 'change', (event) => {
      if (event.target === all) rows().forEach((one) => { one.checked = all.checked })
      if (event.target === all || event.target.matches?.('[data-bulk-row]')) show()
    }],
    [deed, 'change', fields],
    [document, 'keydown', press],
  )
})
