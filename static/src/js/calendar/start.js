// Puts the parts of the calendar's page together.
import { phone } from './page.js'
import { calendar, go, hear } from './grid.js'
import { follow, shown } from './address.js'
import { listen, settle, tabIndexOn } from './keys.js'
import { makeOn, mayMake } from './piece.js'
import { aimAt, cellOf } from './cells.js'
import { onAim } from './movebar.js'
import { choose } from './day-panel.js'
import './pop.js'
import './pool.js'
import './paper.js'

function pick(day) {
  if (phone.matches) choose(day)
  else if (mayMake) makeOn(day)
}

hear({
  pick,
  tabIndex: tabIndexOn,
  dates: (view, first, last) => {
    shown(view, first, last)
    document.querySelector('[data-calendar]').className = `calendar calendar--${view}`
    requestAnimationFrame(() => settle())
  },
})
onAim((day, isRefused, card) => {
  if (day && !cellOf(day)) {
    calendar.gotoDate(day)
    requestAnimationFrame(() => aimAt(day, isRefused, card))
  } else aimAt(day, isRefused, card)
})
follow(go)
listen(pick)
calendar.render()
