import type { CST } from 'yaml'
import { doubleQuoted, fitsBlock, yamlScalar, yamlValue } from '../front-matter/yaml-writer.ts'
import { isJsonObject, type Json } from '../json.ts'
import { blockScalarHeader } from './patch-tokens.ts'

/** How values are written between brackets: JSON has quotes around all text. */
export type FlowLanguage = 'yaml' | 'json'

/** A value in its place: what stands behind the key, and the lines below. */
export interface BlockText {
  inline: string
  lines: string[]
}

/**
 * A value on one line, as it may stand between brackets and behind a key.
 * @param like what stood there: its quotes are kept where the text allows them
 */
export function flowText(value: Json, language: FlowLanguage, like?: CST.Token | null): string {
  if (typeof value === 'string') return language === 'json' ? doubleQuoted(value) : quotedLike(value, like)
  if (Array.isArray(value)) return `[${value.map((item) => flowText(item, language)).join(', ')}]`
  if (isJsonObject(value)) {
    return `{${Object.entries(value)
      .map(([key, child]) => flowEntry(key, child, language))
      .join(', ')}}`
  }
  return Object.is(value, -0) ? '0' : String(value)
}

/** A key and its value between brackets. */
export function flowEntry(key: string, value: Json, language: FlowLanguage): string {
  return `${flowText(key, language)}: ${flowText(value, language)}`
}

/**
 * A value behind a key in block style.
 * @param column of the key
 * @param like what stood there: its style is kept where the text allows it
 */
export function blockText(value: Json, column: number, like?: CST.Token | null): BlockText {
  if (typeof value === 'string' && like?.type === 'block-scalar') {
    const text = blockScalar(value, column, like)
    if (text) return text
  }
  if (typeof value === 'string' && (isQuoted(like) || isPlainLine(value, like))) {
    return { inline: lineText(value, like), lines: [] }
  }
  const [inline = '', ...lines] = yamlValue(value, ' '.repeat(column)).split('\n').slice(0, -1)
  return { inline: inline.trimStart(), lines }
}

/** Text on one line behind a key or a dash. */
export function lineText(text: string, like?: CST.Token | null): string {
  return isPlainLine(text, like) ? text : quotedLike(text, like)
}

/** Plain text may hold commas, apostrophes and addresses outside of brackets: it does where plain text stood. */
function isPlainLine(text: string, like: CST.Token | null | undefined): boolean {
  const tame = text.replace(/[,']|:(?=\/\/)/g, '_')
  return like?.type === 'scalar' && yamlScalar(tame) === tame
}

function quotedLike(text: string, like: CST.Token | null | undefined): string {
  if (like?.type === 'double-quoted-scalar') return doubleQuoted(text)
  if (like?.type === 'single-quoted-scalar' && !/[\p{Cc}\u2028\u2029\uFEFF\uFFFE\uFFFF]/u.test(text)) {
    return `'${text.replaceAll("'", "''")}'`
  }
  return yamlScalar(text)
}

/** What new items of a list are written like: what all of the present ones are. */
export function styleOf(items: readonly (CST.Token | null | undefined)[]): CST.Token | null {
  const [first] = items
  return first && items.every((item) => item?.type === first.type) ? first : null
}

function isQuoted(token: CST.Token | null | undefined): boolean {
  return token?.type === 'double-quoted-scalar' || token?.type === 'single-quoted-scalar'
}

/** A literal or folded block with the indentation of the one that stood there. A folded one holds one paragraph. */
function blockScalar(value: string, column: number, like: CST.BlockScalar): BlockText | null {
  const ended = value.endsWith('\n')
  const text = ended ? value.slice(0, -1) : value
  if (!fitsBlock(text)) return null
  const folded = blockScalarHeader(like).source.startsWith('>') && !text.includes('\n')
  const blanks = /^( *)[^\s]/m.exec(like.source)?.[1]?.length ?? 0
  const indent = ' '.repeat(blanks > column ? blanks : column + 2)
  const lines = text.split('\n').map((line) => (line === '' ? '' : indent + line))
  return { inline: `${folded ? '>' : '|'}${ended ? '' : '-'}`, lines }
}
