// Opens a <dialog> of the page. Without JavaScript the link goes where its href says.
// Reads: data-dialog="id of the dialog" on a link or button; data-dialog-close on a button inside one.
import { behaviour, listen } from './behaviour.js'

behaviour('[data-dialog]', (opener) => listen([opener, 'click', (event) => {
  const dialog = document.getElementById(opener.dataset.dialog)
  if (!dialog?.showModal) return
  event.preventDefault()
  dialog.showModal()
}]))

behaviour('dialog', (dialog) => listen([dialog, 'click', ({ target }) => {
  if (target === dialog || target.closest('[data-dialog-close]')) dialog.close() // target is the dialog itself: the backdrop
}]))
