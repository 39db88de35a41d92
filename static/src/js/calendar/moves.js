// Sends a move, shows what the server says, and offers to undo it.
import { given, say, texts } from './page.js'
import { replaceItem } from './store.js'
import { post } from './server.js'
import { offerUndo } from './undo.js'
import { whyNot } from './land.js'

/** Move *card* to *day* ("" is the pool). Returns whether it went; whatever the page shows is then as the server has it. */
export async function move(card, day) {
  const reason = whyNot(card, day)
  if (reason) { say(reason, 'danger'); return false }
  const slots = card.l ?? []
  return send(card.i, {
    url: card.o ? `${given.pageUrl}/slots/${card.o}/move` : `${given.pageUrl}/items/${card.i}/move`,
    day, pool: day ? '' : '1', version: card.o ? slots[0][1] : card.v, slots: slots.map((one) => one.join(':')).join(','),
  })
}

async function send(item, { url, ...values }, isUndo = false) {
  try {
    const answer = await post(url, values)
    replaceItem(item, answer)
    if (isUndo) say(texts.undone)
    else offerUndo(answer.title, () => send(item, answer.undo, true))
    return true
  } catch (trouble) {
    if (trouble.status === 404) replaceItem(item, {})
    else if (trouble.answer?.cards) replaceItem(item, trouble.answer)
    say(trouble.message, 'danger')
    return false
  }
}
