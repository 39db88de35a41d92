// A piece made on a day: a small dialog, sent without leaving the page. The link beside its button leads to the whole form.
// Reads: [data-calendar-piece] with its form, [data-piece-error], [data-piece-more]; links with data-calendar-add.
import { fill, make, part, say, texts } from './page.js'
import { longDay } from './days.js'
import { post } from './server.js'
import { replaceItem } from './store.js'
import { refreshPool } from './pool.js'
import { focusCard } from './card.js'

const dialog = part('piece')
const form = dialog?.querySelector('form')
const field = (name) => form.elements[`piece-${name}`]

/** Whether this person may make one at all. */
export const mayMake = Boolean(dialog)

/** Open the dialog for *day* ("" is the pool). */
export function makeOn(day) {
  if (!dialog) return
  field('planned_on').value = day
  const more = dialog.querySelector('[data-piece-more]')
  more.href = `${more.href.split('?')[0]}${day ? `?planned_on=${day}` : ''}`
  part('piece').querySelector('.dialog__title').textContent = day ? fill(texts.addOn, { day: longDay(day) }) : texts.add
  tellErrors({})
  dialog.showModal()
  field('title').focus()
}

function tellErrors({ errors = {}, form: general = [] }) {
  const box = dialog.querySelector('[data-piece-error]')
  box.hidden = !general.length
  box.textContent = general.join(' ')
  dialog.querySelectorAll('[data-said]').forEach((one) => one.remove())
  for (const element of form.elements) {
    element.removeAttribute('aria-invalid')
    element.removeAttribute('aria-describedby')
    const said = errors[element.name]
    if (!said) continue
    const id = `${element.id}-said`
    element.before(make('p', 'field__error', said.join(' '), { id, 'data-said': '' }))
    element.setAttribute('aria-invalid', 'true')
    element.setAttribute('aria-describedby', id)
  }
  form.querySelector('[aria-invalid]')?.focus()
}

async function send(event) {
  event.preventDefault()
  const button = form.querySelector('[type=submit]')
  if (button.getAttribute('aria-disabled') === 'true') return
  button.setAttribute('aria-disabled', 'true')
  try {
    const answer = await post(form.action, new FormData(form))
    dialog.close()
    field('title').value = ''
    replaceItem(answer.item, answer)
    if (answer.cards.every((card) => !card.d)) refreshPool()
    say(answer.title)
    focusCard(`i${answer.item}`)
  } catch (trouble) {
    if (trouble.answer?.errors) tellErrors(trouble.answer)
    else tellErrors({ form: [trouble.message] })
  }
  button.removeAttribute('aria-disabled')
}

form?.addEventListener('submit', send)
document.addEventListener('click', (event) => {
  if (!dialog || !event.target.closest('[data-calendar-add]') || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  makeOn('')
})
