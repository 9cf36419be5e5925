import { withoutMarks } from './marks.ts'

/** GB/T 7714—2015 appendix B: what a work is, and on what medium. */
export const gbtMark = /[[［](J|N|M|C|D|R|S|P|DB|CP|A|Z|G|EB|K|CM|DS|PP)(?:[/／](?:OL|CD|MT|DK))?[\]］]/u

const pairs: Record<string, string> = {
  '“': '”',
  '‘': '’',
  '"': '"',
  "'": "'",
  '「': '」',
  '『': '』',
  '《': '》',
  '〈': '〉',
}
const edition =
  /\s*(?:[(（](?:(?:\d{1,2}(?:st|nd|rd|th)|rev(?:ised|\.)?|second|third|updated|new) ed(?:ition|n)?\.?|vol\.? ?\d{1,3}|version [\d.]{1,12}|v[\d.]{1,12}|[上中下]卷?|[上中下]册|第[一二三四五六七八九十\d]{1,3}[卷册版辑]|修订版|增订版|publication no\.[^()]{1,40}|report no\.[^()]{1,40}|No\. [^()]{1,30}|(?:[\p{L}\d][\p{L}\d./-]{0,20}\s){0,6}Nos?\.\s?[\p{L}\d][\p{L}\d./-]{0,30}|\p{Lu}{2,8}[-/][\p{L}\d./-]{0,30}\d[\p{L}\d./-]{0,20}|arXiv:[^()]{1,30})[)）]|[[［][A-Z][a-z][^[\]［］]{2,60}[\]］]|(?<=》\s?|\s)第[一二三四五六七八九十\d]{1,3}[卷册]$)\s*$/iu

/** Is a title in 《》, with nothing beside it? */
export function isInBookMarks(text: string): boolean {
  return unwrapped(text.trim(), '《') !== null
}

/**
 * A title as readers name it: without the quotes or 《》 around the whole, closing full stop or comma, GB/T mark,
 * edition and bracketed description.
 */
export function cleanTitle(written: string): string | null {
  let title = withoutMarks(written).trim()
  for (let round = 0; round < 6; round++) {
    const before = title
    title = title
      .replace(edition, '')
      .replace(new RegExp(`${gbtMark.source}\\s*$`, 'u'), '')
      .trim()
    title = title.replace(/(?<!\.)[.,。，、]$|(?<=\p{Script=Han})[．]$/u, '').trim()
    for (const open of Object.keys(pairs)) title = unwrapped(title, open)?.trim() ?? title
    if (title === before) break
  }
  return title === '' || !/[\p{L}\p{N}]/u.test(title) ? null : title
}

/** The text between one pair of marks that encloses the whole; null when it does not. */
function unwrapped(text: string, open: string): string | null {
  const close = pairs[open] ?? ''
  if (text.length < 3 || !text.startsWith(open) || !text.endsWith(close)) return null
  return closingPlace(text, 0) === text.length - 1 ? text.slice(1, -1) : null
}

/** Where the pair that opens at `at` closes, nested ones counted; -1 when it does not. */
export function closingPlace(text: string, at: number): number {
  const open = text[at] ?? ''
  const close = pairs[open]
  if (close === undefined) return -1
  if (open === close || open === '‘' || open === "'") {
    for (let end = text.indexOf(close, at + 1); end > 0; end = text.indexOf(close, end + 1)) {
      const next = text[end + 1]
      if (next === undefined || !/[\p{L}\p{N}]/u.test(next)) return end
    }
    return -1
  }
  let depth = 0
  for (let end = at; end < text.length; end++) {
    if (text[end] === open) depth++
    else if (text[end] === close && --depth === 0) return end
  }
  return -1
}
