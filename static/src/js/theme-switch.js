// A button that goes round auto, light, dark. theme.js shows the choice.
// Reads: data-theme-switch on the button. Writes localStorage "loa-theme".
import { behaviour, listen } from './behaviour.js'

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' }

behaviour('[data-theme-switch]', (button) => listen([button, 'click', () => {
  const choice = NEXT[document.documentElement.dataset.themeChoice] ?? 'light'
  try { localStorage.setItem('loa-theme', choice) } catch { /* blocked storage: the choice lasts for no page */ }
  document.dispatchEvent(new Event('loa:theme'))
}]))
