// A textarea as tall as its text. CSS does it where field-sizing is known; this is for the others.
// Reads: data-autogrow on <textarea>.
import { behaviour, listen } from './behaviour.js'

behaviour('textarea[data-autogrow]', (area) => {
  if (CSS.supports('field-sizing', 'content')) return undefined
  const fit = () => {
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight + 2}px`
  }
  fit()
  return listen([area, 'input', fit], [window, 'resize', fit])
})
