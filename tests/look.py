"""What is asked of the look of every page: no text cut without a way to read it, nothing interactive over another."""

from __future__ import annotations

from playwright.sync_api import Page

# Text that does not fit its box and can be read nowhere: no title or label on it or around it, no box that scrolls.
_CUT = """() => {
  const told = (one) => one.closest('[title], [aria-label], details:not([open]), [data-expands]')
  const hidden = (one) => one.closest('.visually-hidden, [hidden], [aria-hidden="true"], .skip-link, dialog:not([open])')
  const found = []
  for (const one of document.querySelectorAll('body *')) {
    if (!one.textContent.trim() || one.matches('input, textarea, select, option, script, style, svg, svg *')) continue
    const look = getComputedStyle(one)
    const clips = (axis) => ['hidden', 'clip'].includes(axis)
    const wide = clips(look.overflowX) && one.scrollWidth > one.clientWidth + 1
    const tall = clips(look.overflowY) && one.scrollHeight > one.clientHeight + 2
    if (!(wide || tall) || !one.clientWidth || !one.clientHeight || told(one) || hidden(one)) continue
    if (one.clientWidth <= 2 || look.visibility === 'hidden' || look.contentVisibility === 'auto') continue
    found.push(`${one.tagName.toLowerCase()}.${one.className} cuts “${one.textContent.trim().slice(0, 60)}”`)
  }
  return [...new Set(found)].slice(0, 5)
}"""
# Two that can be pressed and lie over one another by more than a hair, neither inside the other.
_OVER = """() => {
  const all = [...document.querySelectorAll('main a[href], main button, main input, main select, main textarea, main summary')]
  const shown = all.filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !one.matches('[type=hidden]')
    && !one.closest('.visually-hidden, details:not([open]) > :not(summary)'))
  const fixed = (one) => { for (let at = one; at; at = at.parentElement) if (['fixed', 'sticky'].includes(getComputedStyle(at).position)) return true; return false }
  // what a box that scrolls holds back is not on the page
  const seen = (one, box) => {
    let { left, right, top, bottom } = box
    for (let at = one.parentElement; at && at !== document.body; at = at.parentElement) {
      const look = getComputedStyle(at), around = at.getBoundingClientRect()
      if (look.overflowX !== 'visible') { left = Math.max(left, around.left); right = Math.min(right, around.right) }
      if (look.overflowY !== 'visible') { top = Math.max(top, around.top); bottom = Math.min(bottom, around.bottom) }
    }
    return { left, right, top, bottom, width: right - left, height: bottom - top }
  }
  const boxes = shown.filter((one) => !fixed(one)).flatMap((one) => [...one.getClientRects()].map((box) => ({ one, box: seen(one, box) })))
    .filter(({ box }) => box.width > 4 && box.height > 4).sort((a, b) => a.box.top - b.box.top)
  const name = (one) => `${one.tagName.toLowerCase()}.${one.className} “${(one.textContent || one.name || '').trim().slice(0, 30)}”`
  const found = []
  boxes.forEach(({ one, box }, place) => {
    for (const { one: other, box: under } of boxes.slice(place + 1)) {
      if (under.top > box.bottom - 3) break
      if (one === other || one.contains(other) || other.contains(one) || one.closest('label')?.contains(other)) continue
      if (Math.min(box.right, under.right) - Math.max(box.left, under.left) > 3) found.push(`${name(one)} over ${name(other)}`)
    }
  })
  return [...new Set(found)].slice(0, 5)
}"""
# What only a mouse could press, and what jumps the order of the tabulator.
_KEYS = """() => [...document.querySelectorAll('[tabindex]')].filter((one) => one.tabIndex > 0).map((one) => `tabindex ${one.tabIndex}: ${one.outerHTML.slice(0, 80)}`)
  .concat([...document.querySelectorAll('[role=button], [role=link], [role=checkbox], [role=tab], [role=menuitem], [role=option][data-href]')]
    .filter((one) => !one.matches('a[href], button, input, summary') && one.tabIndex < 0 && !one.closest('[role=tablist], [role=listbox], [role=menu], [role=grid], [aria-activedescendant]'))
    .map((one) => `no key reaches ${one.outerHTML.slice(0, 80)}`))
  .concat([...document.querySelectorAll('[hx-get], [hx-post]')]
    .filter((one) => !one.matches('a[href], button, input, select, textarea, form, summary, [hx-trigger]'))
    .map((one) => `only a mouse presses ${one.outerHTML.slice(0, 80)}`))"""


def badly_laid_out(page: Page) -> list[str]:
    """What is cut or lies over something else on the page as it stands."""
    cut: list[str] = page.evaluate(_CUT)
    over: list[str] = page.evaluate(_OVER)
    return [*cut, *over]


def beyond_the_keyboard(page: Page) -> list[str]:
    """What the tabulator does not reach, or reaches out of order."""
    found: list[str] = page.evaluate(_KEYS)
    return found


# What a change of scheme or window sets moving has arrived: axe reads colours as they stand at that moment.
_SETTLED = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  await frame()
  await Promise.allSettled(document.getAnimations().map((one) => one.finished))
  await frame()
}"""


def settle(page: Page) -> None:
    """Wait until nothing on the page moves any more."""
    page.evaluate(_SETTLED)
