// Asks the server and tells apart what can go wrong: no connection, signed out, refused, gone.
import { texts } from './page.js'

const token = () => document.querySelector('meta[name="csrf-token"]').content

/** What went wrong, in a sentence; *answer* holds the server's JSON when there is one. */
export class Trouble extends Error {
  constructor(sentence, status = 0, answer = {}) {
    super(sentence)
    this.status = status
    this.answer = answer
  }
}

async function ask(url, options, kind) {
  let answer
  try {
    answer = await fetch(url, { credentials: 'same-origin', ...options })
  } catch {
    throw new Trouble(texts.offline)
  }
  if (answer.redirected || !answer.headers.get('Content-Type')?.startsWith(kind)) {
    throw new Trouble(answer.redirected ? texts.signedOut : texts.failed, answer.status)
  }
  return answer
}

/** JSON of an address. No header of its own: the first answer of a page has been asked for by the page's head. */
export async function getJson(url, signal) {
  const answer = await ask(url, { signal }, 'application/json')
  if (!answer.ok) throw new Trouble(texts.failed, answer.status)
  return answer.json()
}

/** A part of a page. */
export async function getPart(url) {
  const answer = await ask(url, { headers: { Accept: 'text/html', 'HX-Request': 'true' } }, 'text/html')
  if (!answer.ok) throw new Trouble(answer.status === 404 ? texts.gone : texts.failed, answer.status)
  return answer.text()
}

/** Send a form; the JSON of a refusal comes with the Trouble. */
export async function post(url, values) {
  const body = values instanceof FormData ? new URLSearchParams(values) : new URLSearchParams(values)
  const answer = await ask(url, { method: 'POST', body, headers: { Accept: 'application/json', 'X-CSRFToken': token() } }, 'application/json')
  const told = await answer.json()
  if (!answer.ok) throw new Trouble(answer.status === 404 ? texts.gone : told.title, answer.status, told)
  return told
}
