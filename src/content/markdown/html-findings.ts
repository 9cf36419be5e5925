import type { Token, Tokens } from 'marked'
import { type Finding, warning } from '../finding.ts'
import type { BodyPlaces } from './body-places.ts'
import type { DroppedHtml } from './dropped-html.ts'
import { isDefinition } from './footnotes.ts'
import { nonTextTags } from './sanitize.ts'

/** Blocks that were rendered together, and what the sanitiser left out of their raw html, in reading order. */
export interface SanitizedPart {
  blocks: readonly Token[]
  dropped: readonly DroppedHtml[]
}

interface Hit {
  /** The tag as it is written, at least its beginning. */
  source: string
  dropped: DroppedHtml
}

type Hits = ReadonlyMap<Token, readonly Hit[]>

/** What was left out of raw html, one finding for each piece of it that stands together, in reading order. */
export function* htmlFindings(
  blocks: readonly Token[],
  parts: readonly SanitizedPart[],
  places: BodyPlaces,
): Generator<Finding> {
  const hits: Hits = new Map(parts.flatMap((part) => [...hitsIn(part)]))
  for (const block of blocks) {
    if (!block.raw.includes('<')) continue
    const placeOf = places.within(block)
    for (const html of rawHtml([block], true)) {
      // Tags that are shown as code stand before those that are looked for.
      if (html.type === 'codespan') placeOf(html.raw)
      else yield* findingsOf(html as Tokens.HTML, hits.get(html) ?? [], placeOf)
    }
  }
}

function* findingsOf(
  html: Tokens.HTML,
  hits: readonly Hit[],
  placeOf: (needle: string) => ReturnType<BodyPlaces['inBlock']>,
): Generator<Finding> {
  const open = openComment(html.raw)
  if (open !== null) {
    const message = 'The comment that begins here is never closed: nothing after it is shown to readers.'
    yield warning('html-dropped', message, placeOf(open), 'Close it with "-->".')
  }
  const [first] = hits
  if (!first) return
  const place = placeOf(first.source)
  const dropped = hits.flatMap((hit) => hit.dropped)
  const names = [...new Set(dropped.flatMap(namesOf))]
  if (names.length > 0)
    yield warning('html-dropped', `${names.join(', ')} is not shown to readers.`, place, hintFor(dropped))
  const link = hits.find((hit) => hit.dropped.attributes.includes('href'))
  if (link) {
    const hint = 'Link to an address of http(s).'
    yield warning('link-dropped', `The link ${shortened(link.source)} leads nowhere.`, place, hint)
  }
}

function namesOf({ tag, isElement, attributes }: DroppedHtml): string[] {
  return isElement ? [`<${tag}>`] : attributes.filter((name) => name !== 'href').map((name) => `${name}="…"`)
}

function hintFor(dropped: readonly DroppedHtml[]): string {
  const isWithText = dropped.some(({ tag, isElement }) => isElement && nonTextTags.includes(tag))
  return isWithText
    ? 'The document keeps it, with what it holds.'
    : 'The document keeps it; text inside is shown.'
}

function shortened(source: string): string {
  const line = source.replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

function openComment(html: string): string | null {
  const isOpen = /^\s*<!--(?!-?>)/.test(html) && !html.includes('-->')
  return isOpen ? html.trimStart() : null
}

/** Finds the tags that something was left out of: both stand in the order in which they are read. */
function* hitsIn({ blocks, dropped }: SanitizedPart): Generator<[Token, Hit[]]> {
  const rest = dropped.values()
  let next = rest.next()
  if (next.done) return
  for (const html of rawHtml(blocks, false)) {
    if (html.type === 'codespan') continue
    const hits: Hit[] = []
    for (const match of html.raw.matchAll(/<\/?([a-z][^\s/>]*)([^<>]*)/gi)) {
      if (next.done) break
      if (!isTagOf(next.value, match[1] ?? '', match[2] ?? '')) continue
      hits.push({ source: match[0], dropped: next.value })
      next = rest.next()
    }
    if (hits.length > 0) yield [html, hits]
  }
}

function isTagOf({ tag, attributes }: DroppedHtml, name: string, rest: string): boolean {
  const written = name.toLowerCase()
  const isSame = written === tag.toLowerCase() || (written === 'image' && tag === 'img')
  return isSame && attributes.every((attribute) => rest.toLowerCase().includes(attribute.toLowerCase()))
}

/** The raw html below `tokens`, and code, in reading order; notes have their own turn, unless they are asked for. */
function* rawHtml(tokens: readonly Token[], withNotes: boolean): Generator<Token> {
  for (const token of tokens) {
    if (token.type === 'html' || token.type === 'codespan') yield token
    else if (token.type === 'list') yield* rawHtml((token as Tokens.List).items, withNotes)
    else if (token.type === 'table') {
      const { header, rows } = token as Tokens.Table
      for (const cell of [header, ...rows].flat()) yield* rawHtml(cell.tokens, withNotes)
    } else if (token.type === 'footnoteReference') {
      const { definition } = token as Token & { definition: Token & { label: string; tokens: Token[] } }
      if (withNotes && definition.label === '') yield* rawHtml(definition.tokens, withNotes)
    } else if ((withNotes || !isDefinition(token)) && 'tokens' in token && token.tokens)
      yield* rawHtml(token.tokens, withNotes)
  }
}
