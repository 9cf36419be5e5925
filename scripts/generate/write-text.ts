import type { TocEntry } from '#src/content/markdown/render.ts'
import { readingMinutes } from '#src/content/markdown/text-statistics.ts'
import { type CitedWork, citedWorks, worksOf } from './cited-works.ts'
import { layouts, put } from './layouts.ts'
import { type Plan, type PlannedArticle, SPAN } from './plan-article.ts'
import { paragraphs } from './prose.ts'
import { chinese, english, type Words } from './words.ts'

/** The text of an article, as deriving its document would give it. */
export interface Text {
  readonly body: string
  readonly html: string
  readonly toc: readonly TocEntry[]
  readonly excerpt: string
  readonly wordCount: number
  readonly readingMinutes: number
  /** In the order of their labels, 1, 2, 3 … */
  readonly works: readonly CitedWork[]
  /** How often the text refers to each. */
  readonly references: readonly number[]
}

/** Paragraphs of each language. */
const POOL = 500
const BLOCKS = { '2k': 4, '16k': 38 }

/** Puts texts together from parts that are rendered here, once: rendering each text would take ten times as long. */
export function textWriter(plan: Plan): (article: PlannedArticle) => Text {
  const works = citedWorks(worksOf(plan, plan.until - SPAN))
  const prepare = (words: Words) => ({
    paragraph: paragraphs(words, plan.seed),
    layout: layouts(words, plan.seed, BLOCKS[plan.size]),
  })
  const parts = new Map([chinese, english].map((words) => [words, prepare(words)]))
  const pool = Math.min(POOL, Math.max(50, plan.articles / 10))
  return ({ words, works: cited, chance }) => {
    const language = parts.get(words)
    if (language === undefined) throw new Error(`There is nothing to write with in ${words.locale}.`)
    const layout = language.layout(cited.length, chance)
    const blocks = Array.from({ length: layout.paragraphs }, () => language.paragraph(chance.below(pool)))
    const notes = cited.map(works)
    const characters = blocks.reduce((sum, block) => sum + block.characters, layout.characters)
    const count = blocks.reduce((sum, block) => sum + block.words, layout.words)
    return {
      body: put(
        layout.markdown,
        blocks.map(({ markdown }) => markdown),
        notes.map(({ markdown }) => markdown),
      ),
      html: put(
        layout.html,
        blocks.map(({ html }) => html),
        notes.map(({ html }) => html),
      ),
      toc: layout.toc,
      excerpt: blocks[0]?.excerpt ?? '',
      wordCount: characters + count,
      readingMinutes: readingMinutes(characters, count),
      works: notes,
      references: layout.references,
    }
  }
}
