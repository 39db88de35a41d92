// Builds static/src into static/dist: hashed files, manifest.json, icons.json.
// Run: npm ci --ignore-scripts && node build.mjs
import { build } from 'esbuild'
import postcss from 'postcss'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const src = join(here, 'src')
const modules = join(here, 'node_modules')
const fresh = join(here, 'dist.new') // swapped in at the end: a failed build leaves the old one
const dist = join(here, 'dist')

const FONTS = ['be-vietnam-pro', 'noto-sans']
const WEIGHTS = [400, 600, 700]
const SUBSETS = ['vietnamese', 'latin-ext', 'latin']

const read = (...path) => readFileSync(join(...path), 'utf8')
const lines = (text) => text.split('\n').map((l) => l.replace(/#.*/, '').trim()).filter(Boolean)

/** Tabler's rules for the class families in tabler-keep.txt, and those for plain elements. */
function keptTabler() {
  const families = new Set(lines(read(src, 'tabler-keep.txt')))
  const root = postcss.parse(read(modules, '@tabler/core/dist/css/tabler.css'))
  const kept = (selector) =>
    !/navbar|\bbody\[data|\[data-theme|theme-dark/.test(selector) &&
    [...selector.matchAll(/\.(-?[_a-zA-Z][\w-]*)/g)].every(([, name]) => families.has(name.split('-')[0]))
  root.walkComments((comment) => { if (!comment.text.startsWith('!')) comment.remove() })
  root.walkRules((rule) => {
    if (rule.parent.name?.endsWith('keyframes')) return
    const selectors = rule.selectors.filter(kept)
    if (selectors.length) rule.selectors = selectors
    else rule.remove()
  })
  root.walkAtRules((at) => { if (at.nodes?.length === 0) at.remove() })
  const css = root.toString()
  postcss.parse(css).walkAtRules('keyframes', (frames) => {
    if (css.split(frames.params).length < 3) root.walkAtRules('keyframes', (at) => { if (at.params === frames.params) at.remove() })
  })
  return root.toString()
}

/** @font-face rules of Fontsource for our subsets, woff2 only, unicode-range as given. */
function fontFaces() {
  const faces = []
  for (const font of FONTS) for (const weight of WEIGHTS) {
    const root = postcss.parse(read(modules, '@fontsource', font, `${weight}.css`))
    root.walkAtRules('font-face', (face) => {
      const subset = SUBSETS.find((s) => face.toString().includes(`${font}-${s}-${weight}-normal.woff2`))
      if (!subset) return
      face.walkDecls('src', (d) => {
        d.value = `url(@fontsource/${font}/files/${font}-${subset}-${weight}-normal.woff2) format('woff2')`
      })
      faces.push(face.toString())
    })
  }
  return faces.join('\n')
}

/** tokens.css, its dark block for the screen only, and also for a machine that prefers dark and has made no choice. */
function tokens() {
  const root = postcss.parse(read(src, 'tokens.css'))
  root.each((rule) => {
    if (rule.selector !== ':root[data-bs-theme="dark"]') return
    const chosen = postcss.atRule({ name: 'media', params: 'screen' })
    const preferred = postcss.atRule({ name: 'media', params: 'screen and (prefers-color-scheme: dark)' })
    preferred.append(rule.clone({ selector: ':root:not([data-bs-theme])' }))
    rule.replaceWith(chosen, preferred)
    chosen.append(rule)
  })
  return root.toString()
}

const made = { tabler: keptTabler, fonts: fontFaces, tokens }
const plugin = {
  name: 'loa',
  setup(b) {
    b.onResolve({ filter: /^loa:/ }, ({ path }) => ({ path: path.slice(4), namespace: 'loa' }))
    b.onLoad({ filter: /.*/, namespace: 'loa' }, ({ path }) => ({
      contents: made[path](), loader: 'css', resolveDir: modules,
    }))
    b.onResolve({ filter: /^@fontsource\/.*\.woff2$/ }, ({ path }) => ({ path: join(modules, path) }))
  },
}

/** Inner SVG of each icon named in icons.txt; "name-filled" takes the filled drawing. */
function icons() {
  const load = (kind) => JSON.parse(read(modules, `@tabler/icons/tabler-nodes-${kind}.json`))
  const outline = load('outline')
  const filled = load('filled')
  const draw = (nodes, extra) => nodes.map(([tag, attributes]) => {
    const text = Object.entries({ ...attributes, ...extra }).map(([k, v]) => ` ${k}="${v}"`).join('')
    return `<${tag}${text}/>`
  }).join('')
  const drawn = {}
  for (const name of lines(read(src, 'icons.txt'))) {
    const solid = name.endsWith('-filled')
    const nodes = solid ? filled[name.slice(0, -7)] : outline[name]
    if (!nodes) throw new Error(`icons.txt names an icon that Tabler has not: ${name}`)
    drawn[name] = draw(nodes, solid ? { fill: 'currentColor', stroke: 'none' } : {})
  }
  return drawn
}

rmSync(fresh, { recursive: true, force: true })
mkdirSync(fresh)
const result = await build({
  absWorkingDir: here,
  entryPoints: ['src/app.css', 'src/app.js', 'src/theme.js', 'src/calendar.css', 'src/calendar.js', 'src/favicon.svg'],
  outdir: fresh,
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['chrome109', 'edge109', 'firefox115', 'safari15.4'],
  entryNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  loader: { '.woff2': 'file', '.svg': 'copy' },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  plugins: [plugin],
})

const manifest = {}
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  const logical = output.entryPoint ?? Object.keys(output.inputs)[0]
  manifest[basename(logical)] = basename(path)
}
const sorted = (o) => JSON.stringify(Object.fromEntries(Object.entries(o).sort()), null, 1) + '\n'
writeFileSync(join(fresh, 'manifest.json'), sorted(manifest))
const drawn = icons()
writeFileSync(join(fresh, 'icons.json'), sorted(drawn))
rmSync(dist, { recursive: true, force: true })
renameSync(fresh, dist)
console.log(`${relative(here, dist)}: ${Object.keys(manifest).length} files, ${Object.keys(drawn).length} icons`)
