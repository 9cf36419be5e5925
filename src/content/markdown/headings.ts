import GithubSlugger from 'github-slugger'
import type { Token, Tokens } from 'marked'
import { childBlocks } from './child-blocks.ts'
import { holdsOnlyDefinitions } from './footnotes.ts'
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

/**
 * The heading (`## 引用`, `## References`) whose section holds footnote definitions and nothing else that readers see,
 * or null. Of several the last; never one of level 1, which stands over all. A section ends where one of its own or a
 * higher level begins.
 */
export function notesHeading(tokens: readonly Token[]): Tokens.Heading | null {
  let isSection = true
  let holdsNotes = false
  let nextLevel = 0
  for (const token of tokens.toReversed()) {
    if (isHeading(token)) {
      if (isSection && holdsNotes && token.depth > 1 && nextLevel <= token.depth) return token
      isSection = true
      holdsNotes = false
      nextLevel = token.depth
    } else if (holdsOnlyDefinitions(token)) holdsNotes = true
    else if (!isSilent(token)) isSection = false
  }
  return null
}

function isSilent(token: Token): boolean {
  if (token.type === 'html') return /^(?:\s*<!--(?:(?!-->)[\s\S])*-->)+\s*$/.test(token.raw)
  return token.type === 'space' || token.type === 'def' || token.type === 'hr'
}
