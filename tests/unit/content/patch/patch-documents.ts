import fc from 'fast-check'
import { doubleQuoted, fitsBlock, yamlScalar } from '#src/content/front-matter/yaml-writer.ts'
import type { Json, JsonObject } from '#src/content/json.ts'
import { isJsonObject } from '#src/content/json.ts'
import type { DocumentPatch } from '#src/content/patch/patch-document.ts'
import { articleFields, featuredImage, line, meta, names } from '../article-arbitraries.ts'

// Documents as people and generators write them: each key in one of its spellings, each value in one of the styles
// of YAML, with comments, blank lines and blanks anywhere that YAML has them.

/** A document together with the lines of each of its keys. */
export interface WrittenDocument {
  text: string
  /** For each key its lines, in order. */
  chunks: { key: string; lines: string }[]
}

type Choose = fc.GeneratorValue

const spellings: Record<string, readonly string[]> = {
  title: ['title', 'Title', '"title"'],
  slug: ['slug', "'slug'"],
  publishedAt: ['date', 'publishDate', 'Date'],
  modifiedAt: ['lastmod'],
  unpublishAt: ['expiryDate', 'expiry_date'],
  draft: ['draft'],
  locale: ['locale', 'lang'],
  translationKey: ['translationKey', 'translation_key'],
  summary: ['summary', 'description'],
  featuredImage: ['featured_image', 'featuredImage', 'image', 'cover'],
  tags: ['tags', 'Tags'],
  topics: ['main_topics', 'topics', 'categories'],
  authors: ['authors', 'author'],
  canonicalUrl: ['canonicalUrl', 'canonical_url'],
  citations: ['citations'],
}

/** Any document in YAML. */
export const yamlDocument = fc.gen().map((choose) => writtenDocument(choose, false))

/** Any document in YAML with anchors, and other keys that refer to them. */
export const yamlDocumentWithAliases = fc.gen().map((choose) => writtenDocument(choose, true))

function writtenDocument(choose: Choose, hasAliases: boolean): WrittenDocument {
  const eol = choose(fc.constantFrom, '\n', '\r\n', '\n', '\r')
  const values = { ...choose(() => articleFields), featuredImage: choose(() => fc.option(featuredImage)) }
  const keys = choose(() => fc.shuffledSubarray(Object.keys(spellings)))
  const isPresent = (key: string) => values[key as keyof typeof values] != null
  const known = keys.filter(isPresent).map((key): [string, Json] => {
    const spelling = choose(fc.constantFrom, ...(spellings[key] ?? [key]))
    return [spelling, fieldValue(choose, key, values[key as keyof typeof values] as Json)]
  })
  const own = Object.entries(choose(() => meta)).map(([key, value]): [string, Json] => [
    yamlScalar(key),
    value,
  ])
  const entries = choose(() =>
    fc.shuffledSubarray([...known, ...own], { minLength: known.length + own.length }),
  )
  const chunks = entries.map(([key, value], index) => {
    const isAnchored = hasAliases && choose(fc.boolean)
    const lines = [...writtenEntry(choose, key, value, 0, isAnchored ? `&a${index} ` : '')]
    const reference = choose(
      fc.constantFrom,
      `*a${index}`,
      `[*a${index}]`,
      `\n  - *a${index}\n  - &b${index} { k: *a${index} }`,
    )
    const alias = isAnchored ? [`"ref${index}": ${reference}`] : []
    return { key, lines: [...lines, ...alias, ''].join('\n').replaceAll('\n', eol) }
  })
  const between = () =>
    choose(fc.constantFrom, '', '', '', '\n', '# a comment: of its own\n', '\n# two\n\n').replaceAll(
      '\n',
      eol,
    )
  const inner = chunks.map(({ lines }) => between() + lines).join('') + (chunks.length > 0 ? between() : '')
  const bom = choose(fc.constantFrom, '', '', '\uFEFF')
  const after = choose(fc.constantFrom, '', '\n', '\n').replaceAll('\n', eol)
  return { text: `${bom}---${eol}${inner}---${eol}${after}Body.${eol}`, chunks }
}

/** A list may be a comma string, an image its address alone, a date without its zone. */
function fieldValue(choose: Choose, key: string, value: Json): Json {
  const isPlainName = (name: Json) => typeof name === 'string' && /^[\p{L}\d]+$/u.test(name)
  if (['tags', 'topics', 'authors'].includes(key) && Array.isArray(value) && value.length > 1) {
    const canJoin = value.every(isPlainName)
    return canJoin && choose(fc.boolean) ? value.join(choose(fc.constantFrom, ', ', ',', '，', '、')) : value
  }
  if (key === 'featuredImage' && isJsonObject(value)) {
    const said = Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null))
    return choose(fc.boolean) ? said : (value.url ?? null)
  }
  return value
}

function* writtenEntry(
  choose: Choose,
  key: string,
  value: Json,
  column: number,
  anchor = '',
): Generator<string> {
  const [first = '', ...below] = writtenValue(choose, value, column)
  const inline = (anchor + first).trimEnd()
  if (below.length === 0 && anchor === '' && choose(fc.constantFrom, false, false, false, true)) {
    const comment = choose(fc.constantFrom, '', '', ' # below')
    yield* [`${' '.repeat(column)}${key}:${comment}`, `${' '.repeat(column + 3)}${inline}${comment}`]
    return
  }
  const gap = inline === '' ? choose(fc.constantFrom, '', ' ') : choose(fc.constantFrom, ' ', '  ')
  const comment = isCommentable(first, below) ? choose(fc.constantFrom, '', '', ' # why', '   # b: c') : ''
  yield `${' '.repeat(column)}${key}:${gap}${inline}${comment === '' ? '' : ` ${comment}`}`
  yield* below
}

/** Behind the first line of a text in quotes or brackets a comment is none. */
const isCommentable = (first: string, below: readonly string[]) =>
  below.length === 0 || first === '' || /^[|>]/.test(first)

/** What stands behind the key, then the lines below. */
function writtenValue(choose: Choose, value: Json, column: number): string[] {
  if (typeof value === 'string') return writtenText(choose, value, column)
  const isEmpty = typeof value !== 'object' || value === null || Object.keys(value).length === 0
  if (isEmpty || choose(fc.constantFrom, true, false, false)) return flow(choose, value, column).split('\n')
  if (Array.isArray(value)) {
    const indent = column + choose(fc.constantFrom, 0, 2, 2, 4)
    return [
      '',
      ...value.flatMap((item) => [...remarks(choose, indent), ...writtenItem(choose, item, indent)]),
    ]
  }
  const indent = column + choose(fc.constantFrom, 1, 2, 2, 4)
  return ['', ...writtenEntries(choose, value as JsonObject, indent)]
}

function writtenEntries(choose: Choose, value: JsonObject, indent: number): string[] {
  return Object.entries(value).flatMap(([key, child]) => [
    ...remarks(choose, indent),
    ...writtenEntry(choose, yamlScalar(key), child, indent),
  ])
}

function writtenItem(choose: Choose, item: Json, indent: number): string[] {
  const gap = choose(fc.constantFrom, ' ', '   ')
  const dash = `${' '.repeat(indent)}-${gap}`
  if (isJsonObject(item) && Object.keys(item).length > 0 && choose(fc.boolean)) {
    const [[key, value] = ['', null], ...rest] = Object.entries(item)
    const [first, ...below] = writtenEntry(choose, yamlScalar(key), value, dash.length)
    return [
      dash + (first ?? '').trimStart(),
      ...below,
      ...writtenEntries(choose, Object.fromEntries(rest), dash.length),
    ]
  }
  const text = typeof item === 'string' ? quotedText(choose, item) : flow(choose, item, null)
  return [`${dash}${text}${choose(fc.constantFrom, '', '', '  # of the item')}`]
}

function remarks(choose: Choose, indent: number): string[] {
  return choose(fc.constantFrom, [], [], [], [], [''], [`${' '.repeat(indent)}# a remark`])
}

function writtenText(choose: Choose, text: string, column: number): string[] {
  const style = choose(fc.constantFrom, 'quoted', 'literal', 'folded', 'broken')
  const words = /^(.*\S) (\S.*)$/su.exec(doubleQuoted(text))
  if (style === 'broken' && words) return [words[1] ?? '', `${' '.repeat(column + 2)}${words[2]}`]
  const fits = fitsBlock(text)
  if (style === 'quoted' || style === 'broken' || !fits || (style === 'folded' && text.includes('\n')))
    return [quotedText(choose, text)]
  const indent = ' '.repeat(column + choose(fc.constantFrom, 1, 2, 6))
  const lines = text.split('\n').map((content) => (content === '' ? '' : indent + content))
  return [style === 'folded' ? '>-' : '|-', ...lines, ...choose(fc.constantFrom, [], [''])]
}

function quotedText(choose: Choose, text: string): string {
  const style = choose(fc.constantFrom, 'plain', 'single', 'double')
  const isPrintable = !/[\p{Cc}\u2028\u2029\uFEFF\uFFFE\uFFFF]/u.test(text)
  if (style === 'single' && isPrintable) return `'${text.replaceAll("'", "''")}'`
  return style === 'double' ? doubleQuoted(text) : yamlScalar(text)
}

/** @param column of the key; null where all has to stay on one line */
function flow(choose: Choose, value: Json, column: number | null): string {
  if (typeof value === 'string') return quotedText(choose, value)
  const below = column === null ? null : `\n${' '.repeat(column + 3)}`
  const pad = choose(fc.constantFrom, '', ' ', below ?? ' ')
  const comma = choose(
    fc.constantFrom,
    ', ',
    ',  ',
    ' , ',
    below ? `,${below}` : ', ',
    below ? `, # c${below}` : ', ',
  )
  const last = choose(fc.constantFrom, '', '', ',')
  const inner = column === null ? null : column + 3
  if (Array.isArray(value) && value.length > 0) {
    return `[${pad}${value.map((item) => flow(choose, item, inner)).join(comma)}${last}${pad}]`
  }
  if (Array.isArray(value)) return `[${pad}]`
  if (!isJsonObject(value)) return value === null ? choose(fc.constantFrom, 'null', '~') : String(value)
  const entries = Object.entries(value).map(
    ([key, child]) => `${doubleQuoted(key)}: ${flow(choose, child, inner)}`,
  )
  return entries.length === 0 ? `{${pad}}` : `{${pad}${entries.join(comma)}${last}${pad}}`
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(fc.option(value), { freq: 2, nil: undefined })

/** Any patch of fields and body; `meta` is set apart. */
export const patch = fc.gen().map((choose): DocumentPatch => {
  const fields = choose(() => articleFields)
  const keys = choose(() => fc.subarray(Object.keys(spellings).filter((key) => key !== 'featuredImage')))
  const image = choose(() => maybe(featuredImage))
  const body = choose(
    fc.constantFrom,
    undefined,
    undefined,
    '',
    'New.\n',
    '\n\nx',
    '---\na: b\n---\n',
    '---\r\n',
  )
  return {
    ...Object.fromEntries(keys.map((key) => [key, fields[key as keyof typeof fields]])),
    ...(image === undefined ? {} : { featuredImage: image }),
    ...(body === undefined ? {} : { body }),
  }
})

/** A merge patch that meets what is there: keys of the present value are set, removed and merged into. */
export function metaPatch(present: JsonObject): fc.Arbitrary<JsonObject> {
  return fc.gen().map((choose) => patchOf(choose, present, 0))
}

function patchOf(choose: Choose, present: JsonObject, depth: number): JsonObject {
  const entries = Object.entries(present).flatMap(([key, value]): [string, Json][] => {
    const what = choose(fc.constantFrom, 'stays', 'goes', 'changes', 'merges')
    if (what === 'stays') return []
    if (what === 'goes') return [[key, null]]
    if (what === 'merges' && isJsonObject(value)) return [[key, patchOf(choose, value, depth + 1)]]
    if (what === 'merges' && Array.isArray(value)) return [[key, changedList(choose, value)]]
    return [[key, choose(() => line)]]
  })
  return Object.fromEntries([
    ...entries,
    ...(depth < 3 ? Object.entries(choose(() => meta)).slice(0, 1) : []),
  ])
}

function changedList(choose: Choose, list: readonly Json[]): Json[] {
  const kept = choose(() => fc.shuffledSubarray([...list]))
  const changed = kept.map((item) =>
    isJsonObject(item) && choose(fc.boolean) ? { ...item, ...choose(() => meta) } : item,
  )
  return [...changed, ...choose(() => names)]
}

/** The field that a key gives, as the documents here spell it. */
export function fieldOf(key: string): string | null {
  const found = Object.entries(spellings).find(([, written]) => written.includes(key))
  return found ? found[0] : null
}
