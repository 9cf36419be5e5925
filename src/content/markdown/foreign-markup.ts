import type { TokenizerExtension, Tokens } from 'marked'
import { normalizeLabel } from '../citations/citations.ts'

/** What other systems would replace: it is shown as it is written. */
export interface ForeignToken extends Tokens.Generic {
  type: 'foreign'
  kind: 'shortcode' | 'wikilink' | 'attributes'
}

const maxLength = 1_000
const shortcode = /^\{\{[<%][ \t\n]*\/?[\p{L}_]|^\{%-?[ \t\n]*\/?[a-z_]/iu
const placeholder = /^\{\{-?[ \t]*[\p{L}_$][\w.$-]*[ \t]*(?:\|[^{}\n]{0,200})?-?\}\}/u
const attributes = /^\{:[^{}\n]{1,200}\}|^\{[#.][a-z][^{}\n]{0,200}\}(?=[ \t]*(?:\n|$))/i
const wikilink = /^!?\[\[(?!\^|\d+\])([^[\]\n]{1,200})\]\](?!\()/

/**
 * Keeps shortcodes (`{{< youtube … >}}`, `{% include … %}`, `{{ site.url }}`), wiki links (`[[page|alias]]`) and
 * attribute lists (`{: .class}`) as they are written, so that no Markdown is read inside them.
 */
export const foreignExtension: TokenizerExtension = {
  name: 'foreign',
  level: 'inline',
  tokenizer(src): ForeignToken | undefined {
    const first = src.charCodeAt(0)
    if (first !== 123 && first !== 91 && first !== 33) return undefined // { [ !
    if (this.lexer.state.inRawBlock) return undefined
    if (first === 123) return inBraces(src)
    const match = wikilink.exec(src)
    if (!match || isLinkLabel(match[1] ?? '', this.lexer.tokens.links)) return undefined
    return { type: 'foreign', kind: 'wikilink', raw: match[0] }
  },
}

function isLinkLabel(label: string, links: Readonly<Record<string, unknown>>): boolean {
  return Object.hasOwn(links, normalizeLabel(label))
}

function inBraces(src: string): ForeignToken | undefined {
  const raw = shortcodeAt(src) ?? placeholder.exec(src)?.[0]
  if (raw !== undefined) return { type: 'foreign', kind: 'shortcode', raw }
  const list = attributes.exec(src)?.[0]
  return list === undefined ? undefined : { type: 'foreign', kind: 'attributes', raw: list }
}

/** The shortcode that `src` begins with, or undefined. */
function shortcodeAt(src: string): string | undefined {
  if (!shortcode.test(src)) return undefined
  const closing = src.startsWith('{{') ? `${src.charAt(2) === '<' ? '>' : '%'}}}` : '%}'
  const end = src.slice(0, maxLength).indexOf(closing, 3)
  return end < 0 ? undefined : src.slice(0, end + closing.length)
}

/** An inline run with its shortcodes masked, lengths kept: nothing in them is emphasis. */
export function withoutShortcodes(run: string): string {
  if (!run.includes('{{') && !run.includes('{%')) return run
  let masked = ''
  let end = 0
  for (const { index } of run.matchAll(/\{[{%]/g)) {
    const raw = index < end ? undefined : shortcodeAt(run.slice(index, index + maxLength))
    if (raw === undefined) continue
    masked += run.slice(end, index) + 'a'.repeat(raw.length)
    end = index + raw.length
  }
  return masked + run.slice(end)
}
