// Arrows walk between the links of a table's cells: one stop for the tabulator, Home and End to the ends of a row,
// with Ctrl to the ends of the table; Enter is the link's own.
// Reads: data-grid on a <table>; each cell of its body holds at most one link.
import { behaviour, listen } from './behaviour.js'

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

function linksOf(table) {
  return [...table.tBodies].flatMap((body) => [...body.rows])
    .map((row) => [...row.cells].map((cell) => cell.querySelector('a')).filter(Boolean))
    .filter((row) => row.length)
}

behaviour('[data-grid]', (table) => {
  const links = linksOf(table)
  if (!links.length) return undefined
  const at = (link) => {
    const row = links.findIndex((one) => one.includes(link))
    return row < 0 ? null : [row, links[row].indexOf(link)]
  }
  const stopAt = (link) => links.flat().forEach((one) => { one.tabIndex = one === link ? 0 : -1 })
  const go = (row, place) => {
    const line = links[Math.min(Math.max(row, 0), links.length - 1)]
    line[Math.min(Math.max(place, 0), line.length - 1)].focus()
  }
  table.setAttribute('role', 'grid') // readers then leave the arrows to us
  stopAt(links[0][0])
  return listen(
    [table, 'focusin', ({ target }) => { if (at(target)) stopAt(target) }],
    [table, 'keydown', (event) => {
      const here = at(event.target)
      if (!here || event.altKey || event.metaKey) return
      const [row, place] = here
      if (STEPS[event.key] && !event.ctrlKey) go(row + STEPS[event.key][0], place + STEPS[event.key][1])
      else if (event.key === 'Home') go(event.ctrlKey ? 0 : row, 0)
      else if (event.key === 'End') go(event.ctrlKey ? Infinity : row, Infinity)
      else return
      event.preventDefault()
    }],
  )
})
