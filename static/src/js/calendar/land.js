// Whether a card may go to a day, before the server is asked; campaigns/calendar/land.py has the last word.
import { fill, given, texts } from './page.js'
import { names } from './names.js'
import { shortDay, today } from './days.js'

const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: given.zone, hour: '2-digit', minute: '2-digit' })

function outside(kind, keys, day) {
  for (const key of keys ?? []) {
    const [name, first, last] = names[kind][key] ?? []
    if (first && (day < first || day > last)) {
      return fill(kind === 'campaigns' ? texts.campaign : texts.series, { name, first: shortDay(first), last: shortDay(last) })
    }
  }
  return ''
}

/** Why *card* may not go to *day* ("" is the pool); "" when it may. */
export function whyNot(card, day) {
  if (card.x) return texts.barred[card.x]
  if (!day) return card.l ? texts.toPool : ''
  const isPast = day < today() || (day === today() && card.h < clock.format(new Date()))
  if (card.l && card.h && isPast && day !== card.d) return fill(texts.past, { hour: card.h, day: shortDay(day) })
  return outside('campaigns', card.c, day) || outside('series', card.r, day)
}
