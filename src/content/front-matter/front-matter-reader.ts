import type { DocumentIssue, DocumentIssueCode } from '../document-error.ts'
import { type Finding, warning } from '../finding.ts'
import { isHttpAddress } from '../http-address.ts'
import { limits } from '../limits.ts'
import { displayName, isNameTooLong, normalizeName } from '../names.ts'
import { lineStarts, type Position, positionAt } from '../text-position.ts'
import { isReadable } from '../unreadable-characters.ts'
import { readDateText } from './date-text.ts'
import type { SourceNode } from './source-node.ts'

/** Reads typed values off front matter nodes, and collects what is wrong with them instead of stopping at the first. */
export class FrontMatterReader {
  readonly issues: DocumentIssue[] = []
  readonly findings: Finding[] = []
  readonly #frontMatter: string
  readonly #timeZone: string
  #starts: readonly number[] | null = null

  /**
   * @param frontMatter the text that nodes have their offsets in
   * @param timeZone of dates that name none
   */
  constructor(frontMatter: string, timeZone: string) {
    this.#frontMatter = frontMatter
    this.#timeZone = timeZone
  }

  /** Notes that a value is not what its field takes. */
  refuse(node: SourceNode, field: string, message: string, hint?: string, code?: DocumentIssueCode): null {
    const place = this.place(node)
    this.issues.push({
      code: code ?? 'invalid_value',
      field,
      message,
      ...place,
      ...(hint === undefined ? {} : { hint }),
    })
    return null
  }

  /** Notes something that an editor should see, though the value could be read. */
  remark(node: SourceNode, rule: string, message: string, hint: string | null = null): void {
    this.findings.push(warning(rule, message, this.place(node), hint))
  }

  /** Where a value stands in the document. */
  place(node: SourceNode): Position {
    this.#starts ??= lineStarts(this.#frontMatter)
    return positionAt(this.#starts, node.offset)
  }

  /** Text as it was written, trimmed; null when there is none. */
  text(node: SourceNode | undefined, field: string, max: number): string | null {
    if (!node || node.value === null) return null
    if (node.text === null) {
      const what = node.items ? 'a list' : 'a mapping'
      return this.refuse(node, field, `${field} is text, not ${what}.`, quoteHint(node))
    }
    const text = node.text.trim()
    if (!isReadable(text)) {
      const message = `${field} holds a NUL character or half of a surrogate pair.`
      return this.refuse(node, field, message, 'Remove it.')
    }
    if (text.length > max) {
      return this.refuse(node, field, `${field} is ${text.length} characters long; at most ${max} fit.`)
    }
    return text === '' ? null : text
  }

  /** An instant, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  instant(node: SourceNode | undefined, field: string): string | null {
    const text = this.text(node, field, 200)
    if (!node || text === null) return null
    const reading = readDateText(text, this.#timeZone)
    if ('instant' in reading) return reading.instant
    return this.refuse(node, field, reading.problem, reading.hint, 'invalid_date')
  }

  /** true or false; YAML 1.1's yes, no, on, off are what their authors meant. */
  boolean(node: SourceNode | undefined, field: string): boolean | null {
    if (!node || node.value === null || node.text === '') return null
    const word = node.text?.trim().toLowerCase() ?? ''
    if (/^(?:true|yes|on)$/.test(word)) return true
    if (/^(?:false|no|off)$/.test(word)) return false
    return this.refuse(node, field, `${field} is true or false.`)
  }

  /** A whole number above zero. */
  size(node: SourceNode | undefined, field: string): number | null {
    const text = this.text(node, field, 20)
    if (!node || text === null) return null
    const number = Number(text.replace(/px$/, '').replaceAll('_', ''))
    if (Number.isSafeInteger(number) && number > 0 && number <= limits.imageSize) return number
    return this.refuse(node, field, `${field} is a number of pixels, such as 1200.`)
  }

  /** An absolute http(s) address. */
  webAddress(node: SourceNode | undefined, field: string): string | null {
    const text = this.text(node, field, limits.url)
    if (!node || text === null) return null
    if (isHttpAddress(text)) return text
    return this.refuse(node, field, `${field} is an absolute address, such as https://example.com/story.`)
  }

  /**
   * Names as a list, or in one text separated by commas (also `，`, `、`, `;`), each once (the first spelling wins).
   * @param splitAtBlanks whether a text without commas may be several names
   */
  names(node: SourceNode | undefined, field: string, splitAtBlanks: boolean): string[] {
    if (!node || node.value === null) return []
    const entries = node.items ?? (node.entries ? [node] : this.#splitNames(node, field, splitAtBlanks))
    if (entries.length > limits.terms) {
      this.refuse(node, field, `${field} holds ${entries.length} entries; at most ${limits.terms} fit.`)
      return []
    }
    const names = new Map<string, string>()
    for (const [index, entry] of entries.entries()) {
      const name = this.#name(entry, node.items ? `${field}[${index}]` : field)
      const key = name === null ? '' : normalizeName(name)
      if (name !== null && key !== '' && !names.has(key)) names.set(key, displayName(name))
    }
    return [...names.values()]
  }

  #name(node: SourceNode, field: string): string | null {
    const named = node.entries?.findLast(({ key }) => /^(?:name|title|label)$/i.test(key))
    if (node.entries && !named) {
      return this.refuse(node, field, `${field} is a mapping without a name.`, 'Write the name alone.')
    }
    const name = this.text(named?.node ?? node, field, limits.termName)
    if (name === null || !isNameTooLong(name)) return name
    const message = `${field} unfolds to more than ${limits.termNameBytes} bytes as names are compared.`
    return this.refuse(node, field, message, 'Write a shorter name, in ordinary characters.')
  }

  #splitNames(node: SourceNode, field: string, splitAtBlanks: boolean): SourceNode[] {
    const text = node.text ?? ''
    const byComma = text.split(/[,，、;；]/)
    const pieces = byComma.length === 1 && splitAtBlanks ? splitNamesAtBlanks(text) : byComma
    if (byComma.length === 1 && pieces.length > 1) {
      const message = `${field} is one text without commas: read as ${pieces.length} names.`
      this.remark(node, 'list-split-at-blanks', message, 'Write a list, or separate the names by commas.')
    }
    return pieces.map((piece) => ({ ...node, text: piece, value: piece }))
  }
}

/** `人工智能 大模型` and `go web css` are several tags; `Machine Learning` and `AI 芯片` are one. */
function splitNamesAtBlanks(text: string): string[] {
  const words = text.trim().split(/\s+/)
  const allHan = words.every((word) =>
    /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+$/u.test(word),
  )
  const allLower = words.every((word) => /^[a-z0-9][a-z0-9.+#_-]*$/.test(word))
  return allHan || allLower ? words : [text]
}

function quoteHint(node: SourceNode): string {
  if (node.items?.length === 1 && node.items[0]?.text) return `Put it in quotes: "[${node.items[0].text}]".`
  return 'Where the brackets are part of the text, put it in quotes.'
}
