// What cards name by key: themes, units, campaigns and columns. Answers of the server bring them along.

export const names = { themes: {}, units: {}, campaigns: {}, series: {} }

/** Learn the names that an answer brings. */
export function learn(answer) {
  for (const kind of Object.keys(names)) Object.assign(names[kind], answer[kind])
}
