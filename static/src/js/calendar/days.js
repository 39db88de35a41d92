// Local days as text, 2026-05-12, and what people call them. No moment is turned into a day here but the present one.
import { given, texts, fill } from './page.js'

const inZone = new Intl.DateTimeFormat('sv-SE', { timeZone: given.zone })
const english = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' })

const NAMES = {
  vi: ['Chủ nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}

/** The days of the week by name, Sunday first, as every other page spells them. */
export const weekdays = NAMES[given.language === 'vi' ? 'vi' : 'en']

const noon = (day) => new Date(`${day}T12:00:00Z`)
const write = (date) => date.toISOString().slice(0, 10)

/** The present local day. */
export const today = () => inZone.format(new Date())

/** *day* and so many days. */
export function plusDays(day, days) {
  const date = noon(day)
  date.setUTCDate(date.getUTCDate() + days)
  return write(date)
}

/** The same day of another month, or its last one. */
export function plusMonths(day, months) {
  const [year, month, number] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0, 12)).getUTCDate()
  return write(new Date(Date.UTC(year, month - 1 + months, Math.min(number, last), 12)))
}

/** The Monday of the week of *day*. */
export const monday = (day) => plusDays(day, -((noon(day).getUTCDay() + 6) % 7))

/** 12/5/2026, or 12 May 2026 in English. */
export function shortDay(day) {
  if (given.language !== 'vi') return english.format(noon(day))
  const [year, month, number] = day.split('-').map(Number)
  return `${number}/${month}/${year}`
}

/** Thứ Ba, 12/5/2026. */
export function longDay(day) {
  return `${weekdays[noon(day).getUTCDay()]}, ${shortDay(day)}`
}

/** The month of *day*, or the days from *first* to *last*, as a title. */
export function monthTitle(day) {
  const [year, month] = day.split('-').map(Number)
  return fill(texts.month, { month, year })
}

export function spanTitle(first, last) {
  const [, month, number] = first.split('-').map(Number)
  const [year, lastMonth, lastNumber] = last.split('-').map(Number)
  return fill(texts.week, { first: `${number}/${month}`, last: `${lastNumber}/${lastMonth}/${year}` })
}
