// Puts a floating box beside what it belongs to, inside the window.

const GAP = 6

/** Place *box* (position: fixed) below *rect*, or above it, or where there is room. */
export function beside(box, rect) {
  const { offsetWidth: width, offsetHeight: height } = box
  const { clientWidth, clientHeight } = document.documentElement
  const left = Math.min(Math.max(GAP, rect.left), clientWidth - width - GAP)
  const below = rect.bottom + GAP
  const above = rect.top - GAP - height
  const top = below + height <= clientHeight - GAP ? below : above >= GAP ? above : Math.max(GAP, clientHeight - height - GAP)
  box.style.left = `${Math.round(left)}px`
  box.style.top = `${Math.round(top)}px`
}
