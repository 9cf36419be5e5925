import { isOrganisation } from './organisations.ts'

const etAl = /[,，、\s]*(?:\bet\.? al\b\.?|\band (?:\d+ )?others\b|等人?\p{Script=Han}{0,6})\s*$/iu
// `TED-Ed` is a name.
const editors = /(?:,\s*|\s+|\s*[（(])(?:eds?|editors?)\b\.?[)）]?\s*$/i
const description = /\s*[（([［][^（）()[\]［］]{0,60}[)）\]］]\s*/gu
const initials = /^(?:\p{Lu}\p{Ll}{0,2}\.[\s-]?|\p{Lu}\.?(?:[\s-]|$)){1,4}$/u
const suffix = /^(?:Jr|Sr|I{2,3}|IV|Inc|Ltd|LLC|Corp|Co|plc|S\.A|GmbH|AG|N\.V)\.?$/u
const nobody =
  /^(?:佚名|无名氏|匿名|作者不详|(?:\p{Script=Han}{0,8})评论员|本刊编辑部|anonymous|anon\.?|n\.a\.|unknown|staff|authors?|interview|笔者|作者)$/iu

/** The names in a list of authors as a style writes it; `等`, `et al.`, `eds.` and descriptions in brackets left out. */
export function namesIn(list: string): string[] {
  const text = withoutEnd(list.replace(description, ' ').trim())
  const names = /[;；]/.test(text) ? text.split(/\s*[;；]\s*(?:and |& )?/u) : splitList(text)
  return names
    .map((name) =>
      name
        .replace(/^(?:and|&|with)\s+/i, '')
        .replace(etAl, '')
        .trim(),
    )
    .filter((name) => /\p{L}/u.test(name) && !nobody.test(name))
}

/** Without `et al.`, `eds.` and the sentence's punctuation. */
function withoutEnd(text: string): string {
  let rest = text
  for (let before = ''; before !== rest; ) {
    before = rest
    rest = rest.replace(etAl, '').replace(editors, '').trim()
    if (!endsInAbbreviation(rest)) rest = rest.replace(/[.．。,，;；:：、]$/u, '').trim()
  }
  return rest
}

/** `Klein, M.` and `J. K.` end in an initial, `KANAMORI H.` and `Crooks VC, Chiu V.` in a full stop. */
function endsInAbbreviation(text: string): boolean {
  if (/\b(?:Jr|Sr|Inc|Ltd|Corp|Co)\.$/u.test(text)) return true
  if (!/(?:^|[\s.-])\p{Lu}\.$/u.test(text)) return false
  const names = text.split(',')
  return (
    !names.some((name) => /\s\p{Lu}{1,3}$/u.test(name)) && (names.length > 1 || /\p{Lu}\.[\s-]/u.test(text))
  )
}

function splitList(text: string): string[] {
  if (/\p{Script=Han}/u.test(text) || /[、，]/.test(text)) return splitHanList(text)
  return splitLatinList(text)
}

function splitHanList(text: string): string[] {
  return text.split(/\s*[、，,&＆]\s*|\s+(?:and|with)\s+/u)
}

function splitLatinList(text: string): string[] {
  const sides = text.split(/\s*,?\s+(?:and|&)\s+/iu)
  const isInverted = /^[\p{L}'’-]+, [\p{L}.'’-]+(?: \p{L}[\p{L}.'’-]*)?$/u
  // `Doe, Jane and Roe, Richard`
  if (sides.length > 1 && sides.every((side) => isInverted.test(side))) return sides
  const pieces = text.split(/(\s*,\s*(?:(?:and|&|with)\s+)?|\s+(?:and|&|with)\s+)/iu)
  const hasInitials = pieces.some((piece, at) => at > 0 && isInitials(piece))
  return !hasInitials && isOneOrganisation(text) ? [text] : joinInverted(pieces, hasInitials)
}

/** `McKinsey & Company`, `Department of Health and Human Services`; not `World Bank and United Nations`. */
function isOneOrganisation(text: string): boolean {
  if (!isOrganisation(text)) return false
  const parts = text.split(/\s*,\s*(?:and\s+)?|\s+(?:and|&|with)\s+/iu)
  const [first = ''] = parts
  if (/\s(?:of|for)\s|^(?:U\.?S\.?|Federal)\s/.test(first)) return true
  return !parts.every((part) => part.includes(' ') && isOrganisation(part))
}

/**
 * Puts `Klein, M.`, `Goldman, Anne` and `Tesla, Inc.` together again.
 * @param pieces names and, between them, what parts them
 */
function joinInverted(pieces: readonly string[], hasInitials: boolean): string[] {
  const names: string[] = []
  for (let at = 0; at < pieces.length; at += 2) {
    let name = pieces[at] ?? ''
    const isComma = /^\s*,\s*$/.test(pieces[at + 1] ?? '')
    const next = pieces[at + 2] ?? ''
    if (isComma && (hasInitials ? isInitials(next) : at === 0 && isGivenName(name, next))) {
      name += `${pieces[at + 1]}${next}`
      at += 2
    }
    if (suffix.test(pieces[at + 2] ?? '')) {
      name += `${pieces[at + 1]}${pieces[at + 2]}`
      at += 2
    }
    if (name !== '') names.push(name)
  }
  return names
}

function isInitials(part: string): boolean {
  return initials.test(part) && part.includes('.')
}

/** MLA inverts the first name only: one word or a compound before the comma, one to three after it. */
function isGivenName(surname: string, given: string): boolean {
  const before = surname.split(/\s+/).length
  const after = given.split(/\s+/).length
  if (suffix.test(given) || after > 3 || (isOrganisation(surname) && before > 1)) return false
  return before === 1 || (after === 1 && before <= 3 && !/\./.test(surname))
}
