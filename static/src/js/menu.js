// Closes an open <details> menu on Esc, on a click elsewhere, or when focus leaves it.
// Reads: data-menu on <details>.
import { behaviour, listen } from './behaviour.js'

behaviour('details[data-menu]', (menu) => listen(
  [document, 'click', ({ target }) => { if (!menu.contains(target)) menu.open = false }],
  [menu, 'focusout', ({ relatedTarget }) => { if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false }],
  [menu, 'keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return
    menu.open = false
    menu.querySelector('summary').focus()
  }],
))
