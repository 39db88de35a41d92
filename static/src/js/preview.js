// A textarea posts itself while one writes; the answer's HTML goes into a pane.
// Reads: data-preview="address to post to", data-preview-into="CSS selector of the pane" on <textarea name>.
import htmx from 'htmx.org'
import { behaviour, listen } from './behaviour.js'

behaviour('textarea[data-preview]', (area) => {
  let waiting
  const send = () => htmx.ajax('POST', area.dataset.preview, {
    source: area, target: area.dataset.previewInto, swap: 'innerHTML', values: { [area.name]: area.value },
  })
  const end = listen([area, 'input', () => { clearTimeout(waiting); waiting = setTimeout(send, 400) }])
  return () => { clearTimeout(waiting); end() }
})
