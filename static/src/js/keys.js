// Keys of a page. "?" opens the list, "g" then a letter goes to a place of the rail.
// Reads: data-keys on <body>; data-shortcut="n" on a link, button or field (clicked or focused by its key),
//        data-shortcut-label (else aria-label, else its text); data-place-key="h" on rail links;
//        data-bulk-count data-key-label (bulk.js ticks by "x");
//        in the dialog #keys: data-keys-list, data-keys-switch (single keys on or off, kept in localStorage "loa-keys").
import { behaviour, listen } from './behaviour.js'

const isWriting = (e) => e.closest?.('input:not([type=checkbox],[type=radio],[type=submit]), textarea, select, [contenteditable]')
const isShown = (e) => e.getClientRects().length > 0
const nameOf = (e) => e.dataset.shortcutLabel || e.getAttribute('aria-label') || e.textContent.replace(/\s+/g, ' ').trim()

function isOn() {
  try { return localStorage.getItem('loa-keys') !== 'off' } catch { return true }
}

function row(label, keys) {
  const term = document.createElement('dt')
  term.textContent = label
  const detail = document.createElement('dd')
  keys.forEach((key) => {
    const cap = document.createElement('kbd')
    cap.textContent = key
    detail.append(cap, ' ')
  })
  return [term, detail]
}

function fill(list) {
  const seen = new Set()
  const rows = []
  const add = (label, keys) => {
    if (seen.has(keys.join())) return
    seen.add(keys.join())
    rows.push(...row(label, keys))
  }
  document.querySelectorAll('[data-shortcut]').forEach((e) => { if (isShown(e)) add(nameOf(e), [e.dataset.shortcut]) })
  document.querySelectorAll('[data-bulk-count]').forEach((e) => add(e.dataset.keyLabel, ['x']))
  document.querySelectorAll('[data-place-key]').forEach((e) => add(nameOf(e), ['g', e.dataset.placeKey]))
  list.replaceChildren(...list.querySelectorAll('[data-keys-own]'), ...rows)
}

function act(element) {
  if (element.matches('input, textarea, select')) element.focus()
  else element.click()
}

behaviour('[data-keys]', (body) => {
  const dialog = document.getElementById('keys')
  let isGoing = 0 // moment of the last "g"
  const find = (attribute, key) => [...document.querySelectorAll(`[${attribute}="${CSS.escape(key)}"]`)]
  const press = (event) => {
    const { key } = event
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isWriting(event.target)) return
    if (!isOn() || document.querySelector('dialog[open]')) return
    if (Date.now() - isGoing < 1500) {
      isGoing = 0
      const place = find('data-place-key', key)[0]
      if (place) { event.preventDefault(); place.click() }
    } else if (key === 'g') {
      isGoing = Date.now()
    } else if (key === '?' && dialog) {
      event.preventDefault()
      fill(dialog.querySelector('[data-keys-list]'))
      dialog.showModal()
    } else {
      const element = find('data-shortcut', key).find(isShown)
      if (element) { event.preventDefault(); act(element) }
    }
  }
  return listen([document, 'keydown', press])
})

behaviour('[data-dialog="keys"]', (opener) => listen(
  [opener, 'click', () => fill(document.querySelector('#keys [data-keys-list]')), { capture: true }]))

behaviour('[data-keys-switch]', (box) => {
  box.checked = isOn()
  return listen([box, 'change', () => {
    try { localStorage.setItem('loa-keys', box.checked ? 'on' : 'off') } catch { /* blocked storage */ }
  }])
})
