import GithubSlugger from 'github-slugger'
import type { Token, Tokens } from 'marked'
import { childBlocks } from './child-blocks.ts'
import { isDefinition } from './footnotes.ts'
import { inlineText } from './plain-text.ts'

/** A heading as a table of contents lists it; `id` is that of the heading in html. */
export interface TocEntry {
  level: number
  id: string
  text: string
}

/** Is this token a heading? */
export function isHeading(token: Token): token is Tokens.Heading {
  return token.type === 'heading'
}

/**
 * The headings below `tokens` in reading order, with GitHub's ids (CJK kept), unique among themselves and `takenIds`.
 */
export function tocOf(
  tokens: readonly Token[],
  takenIds: ReadonlySet<string>,
): Map<Tokens.Heading, TocEntry> {
  const slugger = new GithubSlugger()
  const toc = new Map<Tokens.Heading, TocEntry>()
  for (const heading of headingsIn(tokens)) {
    const text = inlineText(heading.tokens)
    let id = slugger.slug(text.replace(/[\s\u3000]+/g, ' ') || 'section')
    while (id === '' || takenIds.has(id)) id = slugger.slug(text || 'section')
    toc.set(heading, { level: heading.depth, id, text })
  }
  return toc
}

function* headingsIn(tokens: readonly Token[]): Generator<Tokens.Heading> {
  for (const token of tokens) {
    if (isHeading(token)) yield token
    else yield* headingsIn(childBlocks(token))
  }
}

/** The heading (`## 引用`, `## References`) whose section holds footnote definitions and nothing else, or null. */
export function notesHeading(tokens: readonly Token[]): Tokens.Heading | null {
  for (const [index, heading] of tokens.entries()) {
    if (!isHeading(heading)) continue
    const next = tokens.findIndex((token, at) => at > index && isHeading(token))
    const section = tokens.slice(index + 1, next < 0 ? tokens.length : next)
    const holdsNotes = section.some(isDefinition)
    if (
      holdsNotes &&
      section.every((token) => isDefinition(token) || token.type === 'space' || token.type === 'def')
    ) {
      return heading
    }
  }
  return null
}
