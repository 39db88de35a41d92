// Runs in <head> before the first paint, so that nothing flashes.
// Reads localStorage "loa-theme": light | dark | auto. Sets on <html>: class "js",
// data-theme-choice (what was chosen) and data-bs-theme (what is shown).
const root = document.documentElement
const dark = matchMedia('(prefers-color-scheme: dark)')

function stored() {
  try { return localStorage.getItem('loa-theme') || 'auto' } catch { return 'auto' } // storage may be blocked
}

function apply() {
  const choice = stored()
  root.dataset.themeChoice = choice
  root.dataset.bsTheme = choice === 'auto' ? (dark.matches ? 'dark' : 'light') : choice
}

root.classList.add('js')
apply()
dark.addEventListener('change', apply)
addEventListener('storage', apply)
document.addEventListener('loa:theme', apply)
