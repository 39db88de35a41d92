// A list opens in the sheet at the side without leaving the page; without JavaScript the link goes to the list's page.
// Reads: data-side on a link whose address answers a part; the page holds <dialog id="side"> with #side-body in it.
import htmx from './request.js'
import { behaviour, listen } from './behaviour.js'

behaviour('[data-side]', (link) => listen([link, 'click', async (event) => {
  const sheet = document.getElementById('side')
  if (!sheet?.showModal || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  await htmx.ajax('GET', link.href, { source: link, target: '#side-body', swap: 'innerHTML' })
  if (!sheet.open) sheet.showModal()
  sheet.scrollTop = 0
  if (!sheet.contains(document.activeElement)) sheet.querySelector('a, button')?.focus()
}]))
