// The cards that the page knows, by key, and the days' own things; tells whoever listens when they change.
import { learn } from './names.js'

const cards = new Map()
const listeners = []
export const days = { sky: {}, off: {}, bands: [] }

/** Call *heard(change)* after each change: {all: true} or {item, gone: [keys], now: [cards]}. */
export const onChange = (heard) => listeners.push(heard)
const tell = (change) => listeners.forEach((heard) => heard(change))

export const cardOf = (key) => cards.get(key)
export const cardsOn = (day) => [...cards.values()].filter((card) => card.d === day).sort((a, b) => rank(a) - rank(b))

/** Where a card stands on its day: by hour, those without an hour last. */
export const rank = (card) => (card.h ? Number(card.h.replace(':', '')) : 2400 + card.i / 1e9)

/** Take the answer for a whole period. */
export function replaceAll(answer) {
  learn(answer)
  cards.clear()
  answer.cards.forEach((card) => cards.set(card.k, card))
  Object.assign(days, answer.days)
  tell({ all: true })
}

/** Take every card of one piece as the server has them now. */
export function replaceItem(item, answer) {
  learn(answer)
  const gone = [...cards.values()].filter((card) => card.i === item).map((card) => card.k)
  gone.forEach((key) => cards.delete(key))
  const now = (answer.cards ?? []).filter((card) => card.d)
  now.forEach((card) => cards.set(card.k, card))
  tell({ item, gone, now })
}
