import { renderBody } from '#src/content/markdown/render.ts'
import { countWords } from '#src/content/markdown/text-statistics.ts'
import { type Random, random } from './random.ts'
import type { Words } from './words.ts'

/** A paragraph, rendered. */
export interface Paragraph {
  readonly markdown: string
  /** What stands between `<p>` and `</p>`. */
  readonly html: string
  readonly characters: number
  readonly words: number
  /** What an article that begins with it shows of itself. */
  readonly excerpt: string
}

/** Fills the places of a pattern. */
export function filled(pattern: string, words: Words, chance: Random): string {
  const makers: Record<string, () => string> = {
    place: () => chance.pick(words.places),
    subject: () => chance.pick(words.subjects),
    person: () => personName(words, chance),
    number: () => String(2 + chance.below(97)),
  }
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => makers[name]?.() ?? '')
}

/** A person of this language. */
export const personName = (words: Words, chance: Random): string =>
  words.fullName(chance.pick(words.givenNames), chance.pick(words.familyNames))

/** The pool that bodies are put together from, by number; each about 330 bytes long, and longer than an excerpt needs. */
export function paragraphs(words: Words, seed: number): (n: number) => Paragraph {
  const known = new Map<number, Paragraph>()
  return (n) => {
    const paragraph = known.get(n) ?? rendered(written(words, random(seed, words.stream, 1, n)))
    known.set(n, paragraph)
    return paragraph
  }
}

function written(words: Words, chance: Random): string {
  let markdown = filled(chance.pick(words.sentences), words, chance)
  while (Buffer.byteLength(markdown) < 280) {
    markdown += words.gap + filled(chance.pick(words.sentences), words, chance)
  }
  return markdown
}

function rendered(markdown: string): Paragraph {
  const { html, statistics } = renderBody(markdown)
  const inner = /^<p>(.*)<\/p>\n$/s.exec(html)?.[1]
  if (inner === undefined) throw new Error(`This is more than a paragraph: ${markdown}`)
  const { characters, words } = countWords(inner.replaceAll(/<[^>]*>/g, ''))
  if (characters + words !== statistics.wordCount)
    throw new Error(`Not counted as it is rendered: ${markdown}`)
  return { markdown, html: inner, characters, words, excerpt: statistics.excerpt }
}
