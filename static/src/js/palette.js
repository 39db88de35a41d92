// The search box over the page: Ctrl+K anywhere or "/" opens it, arrows choose, Enter goes, Esc closes.
// Reads: data-palette on the dialog; in it the input (htmx fetches what is below), [role=listbox] and its [role=option] links.
import htmx from 'htmx.org'
import { behaviour, listen } from './behaviour.js'

behaviour('[data-palette]', (dialog) => {
  const input = dialog.querySelector('input')
  const list = dialog.querySelector('[role=listbox]')
  const options = () => [...list.querySelectorAll('[role=option]')]
  let isFresh = false // whether the options answer what stands in the field

  const choose = (option) => {
    options().forEach((one) => one.setAttribute('aria-selected', String(one === option)))
    if (option) input.setAttribute('aria-activedescendant', option.id)
    else input.removeAttribute('aria-activedescendant')
    option?.scrollIntoView({ block: 'nearest' })
  }
  const chosen = () => list.querySelector('[aria-selected=true]')
  const step = (by) => {
    const all = options()
    const at = all.indexOf(chosen())
    if (all.length) choose(all[(at + by + all.length) % all.length])
  }
  const open = () => {
    if (!dialog.open) dialog.showModal()
    input.select()
    htmx.trigger(input, 'palette:open')
  }
  return listen(
    [document, 'keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        if (dialog.open) dialog.close()
        else if (!document.querySelector('dialog[open]')) open()
      }
    }],
    [document, 'click', (event) => {
      if (event.target.closest?.('[data-palette-open]')) { event.preventDefault(); open() }
    }],
    [input, 'input', () => { isFresh = false }],
    [input, 'keydown', (event) => {
      if (event.isComposing) return
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        step(event.key === 'ArrowDown' ? 1 : -1)
      } else if (event.key === 'Escape') {
        event.preventDefault() // a search field would only empty itself
        dialog.close()
      } else if (event.key === 'Enter' && isFresh && chosen()) {
        event.preventDefault() // else the form leads to the page of search
        chosen().click()
      }
    }],
    [list, 'htmx:afterSwap', () => { isFresh = true; choose(options()[0]) }],
  )
})
