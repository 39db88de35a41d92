// Sends the CSRF token with each htmx request and tells when one failed.
// Reads: <meta name="csrf-token" content>; on <body>: data-error-text, data-offline-text.
import htmx from 'htmx.org'
import { announce } from './announce.js'

document.addEventListener('htmx:configRequest', ({ detail }) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content
  if (token && detail.verb !== 'get') detail.headers['X-CSRFToken'] = token
})
document.addEventListener('htmx:responseError', () => announce(document.body.dataset.errorText, 'danger'))
document.addEventListener('htmx:sendError', () => announce(document.body.dataset.offlineText, 'danger'))

export default htmx
