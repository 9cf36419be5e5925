import type { Tokenizer } from 'marked'
import { containerStart } from './callouts.ts'
import { figureStart } from './figures.ts'

const definition = '\\[\\^([^\\[\\]\\n]{1,200})\\][:：]'

/** The start of a footnote definition; its label is the first group. The colon may be that of Chinese type. */
export const definitionStart = new RegExp(`^ {0,3}${definition}`)

type Rules = Tokenizer<string, string>['rules']

/** The grammar for a run of text: for one with links to definitions, and for one full of backticks. */
export interface ArticleGrammar {
  rulesFor(run: { hasDefinitions: boolean; hasManyBackticks: boolean }): Rules
}

let made: { base: Rules['block']; grammar: ArticleGrammar } | null = null

/**
 * marked's grammar, in which a footnote definition, a call-out and a figure end paragraphs, quotes, list items and
 * tables; without what is quadratic in it.
 */
export function articleGrammar(rules: Rules): ArticleGrammar {
  if (made?.base !== rules.block) made = { base: rules.block, grammar: grammarOf(rules) }
  return made.grammar
}

const nothing = /(?!)/g
const escapes = /(`+)|\\([\p{P}\p{S}])/gu

function grammarOf(rules: Rules): ArticleGrammar {
  const edited = { ...rules, ...editedGrammar(rules) }
  const { inline } = edited
  // Both only hide markup from emphasis. The one looks a thousand characters ahead from each bracket, and finds nothing
  // where no definition is; the other looks to the end of the run from each backtick, so that in a run of hundreds a
  // backslash before one counts as an escape, also inside code.
  const variant = (reflinkSearch: RegExp, anyPunctuationOutsideCode: RegExp): Rules => ({
    ...edited,
    inline: { ...inline, reflinkSearch, anyPunctuationOutsideCode },
  })
  const searches = [nothing, inline.reflinkSearch]
  const variants = searches.map((search) => ({
    usual: variant(search, inline.anyPunctuationOutsideCode),
    ticks: variant(search, escapes),
  }))
  return {
    rulesFor({ hasDefinitions, hasManyBackticks }) {
      const pair = variants[hasDefinitions ? 1 : 0]
      return (hasManyBackticks ? pair?.ticks : pair?.usual) ?? edited
    },
  }
}

function editedGrammar({ block, inline, other }: Rules): Rules {
  const ending = ` {0,3}${definition.replace('(', '(?:')}|${containerStart}|${figureStart}`
  const endedBy = (rule: RegExp, ahead: string) =>
    new RegExp(rule.source.replaceAll(ahead, `${ahead}${ending}|`), rule.flags)
  // A list item ends where a heading begins: the one of its rules that stands alone.
  const headings = [1, 2, 3, 4].map(
    (indent) =>
      new RegExp(
        `${other.headingBeginRegex(indent).source}|^(?:${ending.replaceAll('{0,3}', `{0,${indent - 1}}`)})`,
      ),
  )
  // The name in a mail address has at most 64 characters (RFC 5321 §4.5.3.1.1): unbounded, `a.a.a.…` is looked through
  // to its end from each letter.
  const boundedMail = (rule: RegExp) =>
    new RegExp(rule.source.replaceAll(']+@', ']{1,64}@').replaceAll(']+(@)', ']{1,64}(@)'), rule.flags)
  // The text of a link is looked through for code from each of its backticks, each time to the end of their run.
  const code = new RegExp(inline.code.source.replace('(`+)', '(`{1,200})(?!`)'))
  // From each `[a](` of `[a]([a]([a](…` an address goes on to the end: one has at most 4,000 characters here, or is a
  // picture in base64.
  const address = '[^ \\t\\n\\x00-\\x1f]'
  const boundedAddress = (rule: RegExp) =>
    new RegExp(
      rule.source.replace(`(?!<)${address}+`, `data:[^ \\t\\n\\x00-\\x1f()]+|(?!<)${address}{1,4000}`),
      rule.flags,
    )
  return {
    inline: { ...inline, code, link: boundedAddress(inline.link), url: boundedMail(inline.url) },
    block: {
      ...block,
      paragraph: endedBy(withoutTableRows(block.paragraph, block.table), '(?:\\n(?!'),
      blockquote: endedBy(block.blockquote, '(?:\\n(?!'),
      lheading: endedBy(block.lheading, '|\\n(?!'),
      table: endedBy(block.table, '(?:(?! *\\n|'),
    },
    other: {
      ...other,
      headingBeginRegex: (indent) =>
        headings[Math.max(0, Math.min(3, indent - 1))] ?? other.headingBeginRegex(indent),
    },
  }
}

/** A table's head ends a paragraph: marked looks for all of its rows as well, from each line. */
function withoutTableRows(paragraph: RegExp, table: RegExp): RegExp {
  const rows = table.source.slice(table.source.indexOf('(?:\\n((?:(?!'))
  return new RegExp(
    paragraph.source.replace(rows, () => '(?:\\n|$)'),
    paragraph.flags,
  )
}
