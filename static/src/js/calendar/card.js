// Draws a card and says it. A card is the server's JSON (campaigns/calendar/as_json.py).
import { given, make, sign, stateOf, texts, typeOf } from './page.js'
import { names } from './names.js'

const ADDRESS = given.pageUrl.replace(/\/calendar$/, '')

/** The classes of a card's box: its theme's colour, its state's tone, whether it needs somebody. */
export function classesOf(card) {
  const colour = names.themes[card.e?.[0]]?.[1]
  return [
    'card', `tone-${stateOf(card.s).tone}`, colour ? `theme-${colour}` : '',
    card.w ? (card.z ? 'card--late' : 'card--risk') : '', card.x ? '' : 'card--free',
  ].filter(Boolean).join(' ')
}

/** The card as one sentence: hour, type, state, title, reason, themes, unit. */
export function spoken(card) {
  const themes = (card.e ?? []).map((key) => names.themes[key]?.[0])
  return [card.h, card.t, typeOf(card.y).word, stateOf(card.s).word, card.w, ...themes, names.units[card.u]]
    .filter(Boolean).join('. ')
}

/** What a list has room for: the reason, type, themes, unit. */
function under(card) {
  const themes = (card.e ?? []).map((key) => names.themes[key]).filter(Boolean)
  return make('span', 'card__under', [
    card.w ? make('span', 'card__why', card.w) : null,
    typeOf(card.y).word,
    ...themes.map(([name, colour]) => make('span', `theme theme-${colour}`, [make('span', 'theme-dot'), name])),
    make('span', '', names.units[card.u] ?? ''),
  ])
}

/** The inside of a card: a link to the piece, which the page opens beside the card. */
export function draw(card, tabIndex = 0, isListed = false) {
  const state = stateOf(card.s)
  const link = make('a', 'card__link', [
    make('span', 'card__meta', [
      card.h ? make('span', 'card__hour', card.h) : null,
      make('span', 'card__state', [state.icon(), make('span', 'card__word', state.word)]),
      card.w ? make('span', 'card__sign', sign('risk')) : null,
    ]),
    make('span', 'card__title', [make('span', 'card__type', typeOf(card.y).icon()), card.t]),
    isListed ? under(card) : null,
  ], { href: `${ADDRESS}/items/${card.i}`, draggable: 'false', 'aria-label': spoken(card), 'data-card': card.k })
  link.tabIndex = tabIndex
  return link
}

/** Give the focus to the card of *key* once it is drawn: until it has been measured it is hidden and takes none. */
export function focusCard(key, frames = 30) {
  const link = document.querySelector(`[data-card="${key}"]`)
  link?.focus({ preventScroll: true })
  if (frames && (!link || document.activeElement !== link)) requestAnimationFrame(() => focusCard(key, frames - 1))
}

/** What a pointer or the focus is told of a card: all of it, nothing cut. */
export function tell(card) {
  const state = stateOf(card.s)
  const themes = (card.e ?? []).map((key) => names.themes[key]).filter(Boolean)
  return [
    make('span', 'card-tip__head', [
      card.h ? make('span', 'card__hour', card.h) : null, typeOf(card.y).icon(), typeOf(card.y).word,
      make('span', `tone-${state.tone} tone-text card-tip__state`, [state.icon(), state.word]),
    ]),
    make('strong', 'card-tip__title', card.t),
    card.w ? make('span', card.z ? 'card-tip__why card-tip__why--late' : 'card-tip__why', [sign('risk'), card.w]) : null,
    ...themes.map(([name, colour]) => make('span', `theme theme-${colour} card-tip__theme`, [make('span', 'theme-dot'), name])),
    make('span', 'card-tip__unit', names.units[card.u] ?? ''),
    card.x ? make('span', 'card-tip__unit', texts.barred[card.x]) : null,
  ].filter(Boolean)
}
