/**
 * What reading and rendering a document takes, against bare marked and bare gray-matter in the same run.
 *
 *   node bench/render.ts
 *
 * CPU time, not wall time, and pairs that take turns: so that a busy machine slows both sides alike. Prints the median
 * of the pairs' ratios, and the memory that a document of 1 MB needs.
 */
import { readFileSync } from 'node:fs'
import matter from 'gray-matter'
import { Marked } from 'marked'
import { deriveArticle } from '#src/content/derive.ts'
import { parseDocument } from '#src/content/document.ts'
import { renderBody } from '#src/content/markdown/render.ts'

const pairs = 15
const runsInAPair = 200
const seed = readFileSync(new URL('../seeds/silicon-valley-ai-war.md', import.meta.url), 'utf8')
const { body } = parseDocument(seed)
const marked = new Marked()

function bare(): void {
  matter(seed, {})
  marked.parse(body)
}

function renderAndParse(): void {
  renderBody(parseDocument(seed).body)
}

function derive(): void {
  deriveArticle(seed, { timeZone: 'UTC' })
}

function cpuMs(work: () => void): number {
  const start = process.cpuUsage()
  for (let run = 0; run < runsInAPair; run++) work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000 / runsInAPair
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

function compare(name: string, work: () => void): void {
  for (let warmUp = 0; warmUp < 3; warmUp++) {
    cpuMs(bare)
    cpuMs(work)
  }
  const measured = Array.from({ length: pairs }, () => ({ bare: cpuMs(bare), ours: cpuMs(work) }))
  const ratio = median(measured.map((pair) => pair.ours / pair.bare))
  const ours = median(measured.map((pair) => pair.ours)).toFixed(3)
  const base = median(measured.map((pair) => pair.bare)).toFixed(3)
  console.log(`${name}: ${ours} ms, bare marked + gray-matter: ${base} ms, ratio ${ratio.toFixed(2)}`)
}

function memoryOf(name: string, text: string): void {
  globalThis.gc?.()
  const before = process.memoryUsage()
  const start = process.cpuUsage()
  const { html } = renderBody(text)
  const { user } = process.cpuUsage(start)
  const after = process.memoryUsage()
  const grown = ((after.heapUsed - before.heapUsed) / 2 ** 20).toFixed(0)
  const rss = (after.rss / 2 ** 20).toFixed(0)
  const megabytes = (Buffer.byteLength(text) / 1e6).toFixed(1)
  console.log(
    `${name} (${megabytes} MB): ${(user / 1000).toFixed(0)} ms CPU, heap +${grown} MiB, process ${rss} MiB, html ${(html.length / 1e6).toFixed(1)} M characters`,
  )
}

compare('read and render', renderAndParse)
compare('derive, citations and all', derive)
const megabyte = (text: string) => text.repeat(Math.ceil(1_000_000 / Buffer.byteLength(text)))
memoryOf('prose', megabyte(body.replace(/^\[\^.*$/gm, '').replace(/\[\^\d+\]/g, '')))
memoryOf(
  'prose with raw html',
  megabyte('<p>一段<b>文字</b>，<i>斜体</i>。</p>\n\nText with <b>bold</b>.\n\n'),
)
memoryOf('short paragraphs', megabyte('a\n\n'))
