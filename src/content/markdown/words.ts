/** What we write into articles ourselves, in their language. */
export interface Words {
  /** The name of a list of notes that has no heading of the author's. */
  notes: string
  /** Where a link leads from a note: to its reference, by number (`1`, `1-2`). */
  backTo(reference: string): string
  /** Titles of call-outs whose authors gave none. */
  callouts: Readonly<Record<'note' | 'tip' | 'important' | 'warning' | 'caution' | 'details', string>>
}

const english: Words = {
  notes: 'Footnotes',
  backTo: (reference) => `Back to reference ${reference}`,
  callouts: {
    note: 'Note',
    tip: 'Tip',
    important: 'Important',
    warning: 'Warning',
    caution: 'Caution',
    details: 'Details',
  },
}

const simplified: Words = {
  notes: '脚注',
  backTo: (reference) => `返回引用 ${reference}`,
  callouts: { note: '注', tip: '提示', important: '重要', warning: '警告', caution: '注意', details: '详情' },
}

const traditional: Words = {
  notes: '腳註',
  backTo: (reference) => `返回引用 ${reference}`,
  callouts: { note: '註', tip: '提示', important: '重要', warning: '警告', caution: '注意', details: '詳情' },
}

/**
 * The words for an article: by its locale (BCP 47); without one, by its text. English where neither is Chinese.
 * @param locale null when the document gives none
 */
export function wordsFor(locale: string | null, text: string): Words {
  if (locale === null) return isChinese(text) ? simplified : english
  if (!/^zh(?:-|$)/i.test(locale)) return english
  return /-(?:hant|tw|hk|mo)(?:-|$)/i.test(locale) ? traditional : simplified
}

const sampled = 1_000

/** Is the beginning of a text mostly Han characters, without the letters of Japanese and Korean? */
function isChinese(text: string): boolean {
  let characters = 0
  let words = 0
  let isInWord = false
  for (let at = 0; at < Math.min(text.length, sampled); at++) {
    const unit = text.charCodeAt(at)
    const isHiragana = unit >= 0x3041 && unit <= 0x309f
    if (isHiragana || (unit >= 0xac00 && unit <= 0xd7a3)) return false
    if (unit >= 0x3400 && unit <= 0x9fff) characters++
    const isLetter = unit < 0x80 && /[a-z]/i.test(text.charAt(at))
    if (isLetter && !isInWord) words++
    isInWord = isLetter
  }
  return characters > 2 * words
}
