// Says one sentence in the aria-live region of the layout, and shows it for six seconds.
// Reads: [data-live] (the region). Server parts may send HX-Trigger: {"loa:say": {"text": "...", "tone": "danger"}}.

/** Say *text*; tone "danger" stands out and stays ten seconds. */
export function announce(text, tone = 'info') {
  const region = document.querySelector('[data-live]')
  if (!region || !text) return
  const toast = document.createElement('div')
  toast.className = tone === 'danger' ? 'toast toast--danger' : 'toast'
  toast.textContent = text
  region.append(toast)
  setTimeout(() => toast.remove(), tone === 'danger' ? 10000 : 6000)
}

document.addEventListener('loa:say', ({ detail }) => announce(detail.text, detail.tone))
