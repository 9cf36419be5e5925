import { renderBody, type TocEntry } from '#src/content/markdown/render.ts'
import { type Random, random } from './random.ts'
import type { Words } from './words.ts'

/** Places in a text where something else is put in: text, number, text, number … text. */
export interface Template {
  readonly texts: readonly string[]
  /** Which paragraph or note stands between two texts: from 0 paragraphs, from -1 downwards notes. */
  readonly slots: readonly number[]
}

/** How a text is built, rendered once: headings, lists and references are in it, paragraphs and notes to be put in. */
export interface Layout {
  readonly markdown: Template
  readonly html: Template
  readonly toc: readonly TocEntry[]
  /** CJK characters and words of what is no paragraph. */
  readonly characters: number
  readonly words: number
  readonly paragraphs: number
  readonly notes: number
  /** How often each note is referred to. */
  readonly references: readonly number[]
}

/** How many layouts there are for each number of notes. */
const VARIANTS = 8

/** Picks a layout of a text with `blocks` paragraphs or a few more, for so many notes. */
export function layouts(
  words: Words,
  seed: number,
  blocks: number,
): (notes: number, chance: Random) => Layout {
  const known = new Map<number, Layout>()
  return (notes, chance) => {
    const variant = notes * VARIANTS + chance.below(VARIANTS)
    const found = known.get(variant) ?? layout(words, blocks, notes, random(seed, words.stream, 2, variant))
    known.set(variant, found)
    return found
  }
}

/** Words that stand for a paragraph and a note while a layout is rendered; letters alone, so that nothing reads them as markup. */
const paragraphMark = (n: number) => `QpQ${n}Q`
const noteMark = (n: number) => `QnQ${n}Q`
const marks = /Q([pn])Q(\d+)Q/g

function layout(words: Words, blocks: number, notes: number, chance: Random): Layout {
  const count = blocks + chance.below(Math.ceil(blocks / 2))
  const references = placeReferences(count, notes, chance)
  const headings = [...words.headings]
  const parts = references.flatMap((labels, n) => [
    ...between(n, words, headings, chance),
    paragraphMark(n) + labels.map((label) => `[^${label}]`).join(''),
  ])
  const definitions = Array.from({ length: notes }, (_, n) => `[^${n + 1}]: ${noteMark(n)}`)
  const markdown = `${[...parts, ...(notes === 0 ? [] : [`## ${words.notes}`, ...definitions])].join('\n\n')}\n`
  const { html, toc, statistics } = renderBody(markdown, { locale: words.locale })
  const own = renderBody(parts.filter((part) => !part.startsWith('Q')).join('\n\n')).statistics.wordCount
  const heading = notes === 0 ? 0 : renderBody(words.notes).statistics.wordCount
  const isChinese = words.gap === ''
  if (statistics.wordCount !== own + heading + count)
    throw new Error('The marks of a layout are not a word each.')
  return {
    markdown: template(markdown),
    html: template(html),
    toc,
    characters: isChinese ? own + heading : 0,
    words: isChinese ? 0 : own + heading,
    paragraphs: count,
    notes,
    references: Array.from(
      { length: notes },
      (_, n) => references.flat().filter((label) => label === n + 1).length,
    ),
  }
}

/** Which labels each paragraph refers to: 1, 2, 3 … in the order in which they are read, and some of them again. */
function placeReferences(count: number, notes: number, chance: Random): number[][] {
  const places = Array.from({ length: notes }, () => chance.below(count)).sort((a, b) => a - b)
  return Array.from({ length: count }, (_, n) => {
    const first = places.flatMap((place, index) => (place === n ? [index + 1] : []))
    const known = places.filter((place) => place < n).length
    return known > 0 && chance.chance(0.15) ? [...first, 1 + chance.below(known)] : first
  })
}

/** What stands before a paragraph: nothing mostly, never before the first, which the excerpt is of. */
function between(n: number, words: Words, headings: string[], chance: Random): string[] {
  if (n === 0) return []
  if (n % 3 === 2 && headings.length > 0) {
    return [`## ${headings.splice(chance.below(headings.length), 1)[0] ?? ''}`]
  }
  if (chance.chance(0.06)) return [`> ${chance.pick(words.quotes)}`]
  if (!chance.chance(0.06)) return []
  const items = chance.pick(words.lists).split(/[；;] ?/)
  return [items.map((item) => `- ${item}`).join('\n')]
}

function template(text: string): Template {
  const texts: string[] = []
  const slots: number[] = []
  let from = 0
  for (const match of text.matchAll(marks)) {
    texts.push(text.slice(from, match.index))
    slots.push(match[1] === 'p' ? Number(match[2]) : -1 - Number(match[2]))
    from = match.index + match[0].length
  }
  return { texts: [...texts, text.slice(from)], slots }
}

/** Puts paragraphs and notes in their places. */
export function put(
  { texts, slots }: Template,
  paragraphs: readonly string[],
  notes: readonly string[],
): string {
  let whole = texts[0] ?? ''
  for (const [index, slot] of slots.entries()) {
    whole += ((slot < 0 ? notes[-1 - slot] : paragraphs[slot]) ?? '') + (texts[index + 1] ?? '')
  }
  return whole
}
