// Copies a text or an address and says so.
// Reads: data-copy="text" ("" copies the page's address; a path is made a full address), data-copy-done="sentence to say".
import { behaviour, listen } from './behaviour.js'
import { announce } from './announce.js'

async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea') // plain http in an office network has no clipboard API
  area.value = text
  ;(document.querySelector('dialog[open]') ?? document.body).append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  if (!done) throw new Error('copy refused')
}

behaviour('[data-copy]', (button) => listen([button, 'click', async (event) => {
  event.preventDefault()
  const wanted = button.dataset.copy || location.href
  const text = wanted.startsWith('/') ? new URL(wanted, location.href).href : wanted
  try {
    await write(text)
    announce(button.dataset.copyDone)
  } catch {
    announce(text) // nothing was copied: show it, so that it can be copied by hand
  }
}]))
