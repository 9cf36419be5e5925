import { closingPlace } from './clean-title.ts'
import { judgmentIn, lawAtStart } from './law-names.ts'
import { mark } from './marks.ts'
import { outletOf } from './outlets.ts'

/** A title that words, not a link, give; `form` tells how it was marked. */
export interface WordsTitle {
  form: 'quoted' | 'bookmarks' | 'emphasised' | 'plain'
  title: string
  before: string
  after: string
}

const opening = /["“「『《〈‘']/u
const clauseBefore =
  /(?:^|[\s:：,，.。．、;；(（—·|｜\]］】)）》\uFDD0-\uFDD4]|参见|详见|参阅|原载|见|载|著|编|撰|译)$/u
const clauseAfter =
  /^(?:\s*$|\s*[,，.。．;；:：)）(（—·|｜[［、《\uFDD0-\uFDD5]|\s*(?:第|载|来源|by|in|on|from)|\s?(?:19|20)\d\d)/iu

// Interviews have no titles: what is emphasised in such a note is where it appeared.
export const aboutTalk = /^[^“"《\uFDD3.]{2,100}, (?=(?:\p{Ll}+ ){0,2}interview(?:ed)? (?:by|with)\b)/iu

/** The title of a note whose link has none: what quotes, 《》, emphasis or a style's order of parts mark as title. */
export function titleInWords(text: string): WordsTitle | null {
  if (aboutTalk.test(text.slice(0, 200))) return null
  const judgment = judgmentIn(text)
  if (judgment) return { form: 'plain', title: judgment.title, before: judgment.court, after: judgment.after }
  return (
    titleAfterYear(text) ??
    titleBeforeJournal(text) ??
    markedTitle(text) ??
    vancouverTitle(text) ??
    internetTitle(text) ??
    lawTitle(text)
  )
}

// `Name (2023, May 1).` of APA, `Name (1 May 2023).` of Wikipedia, `姓名（2020）。`
const namesAndYear =
  /^[^“"「《\uFDD3]{2,400}?\s?[(（](?:(?:[^()（）]{0,30}\b)?(?:1[5-9]|20)\d\d[a-e]?(?:,[^()（）]{0,25})?|n\.d\.|no date|in press|forthcoming|无日期)[)）](?:[.．:：,，]?\s+|[。．]\s*)(?=\S)/iu
// `Names. 2022. Title.` of ACM, `Name, J., 2019. Title.` of Harvard
const namesThenYear = /^[^“"「《\uFDD3\d]{3,300}[.,]\s(?:1[5-9]|20)\d\d[a-e]?\.\s(?=\S)/u

/** The title that follows names and a year, marked or not. */
function titleAfterYear(text: string): WordsTitle | null {
  const before = (namesAndYear.exec(text) ?? namesThenYear.exec(text))?.[0]
  if (before === undefined) return null
  const rest = text.slice(before.length)
  const marked = openingTitle(rest)
  if (marked) return { ...marked, before }
  const end = plainTitleEnd(rest)
  return end === null ? null : { form: 'plain', title: rest.slice(0, end), before, after: rest.slice(end) }
}

function openingTitle(rest: string): Omit<WordsTitle, 'before'> | null {
  if (rest.startsWith(mark.open)) {
    const end = rest.indexOf(mark.close)
    return end < 0 ? null : { form: 'emphasised', title: rest.slice(1, end), after: rest.slice(end + 1) }
  }
  if (!opening.test(rest[0] ?? '')) return null
  const end = closingPlace(rest, 0)
  const form = rest.startsWith('《') ? 'bookmarks' : 'quoted'
  return end < 0 ? null : { form, title: rest.slice(0, end + 1), after: rest.slice(end + 1) }
}

/** The end of a title that nothing marks: before the emphasised container, `In`, a bracketed description or a link. */
function plainTitleEnd(text: string): number | null {
  const han = /^[^。]{2,200}(?=。)/u.exec(text)
  if (han && /\p{Script=Han}/u.test(han[0])) return han[0].length
  const container = /[.?!。]["”’]?\s+(?:In:? )?(?=\uFDD3|In:? \p{Lu}|[\uFDD0-\uFDD2])/u.exec(text)
  const description = /\s[[［][A-Z][^[\]]{2,60}[\]］]/u.exec(text)
  const sentence = /[.?!。](?=\s+[\p{Lu}\uFDD0-\uFDD5]|\s*$)/u.exec(text)
  if (container) return Math.min(container.index + 1, description?.index ?? text.length)
  return description?.index ?? (sentence && sentence.index + 1)
}

// Closing marks are looked for in vain no more often than this: hostile notes are all 《《《《.
const maxUnclosed = 20

/** The first words in quotes, 《》 or emphasis that stand where a title stands. */
function markedTitle(text: string): WordsTitle | null {
  let unclosed = 0
  for (let at = 0; at < text.length && unclosed < maxUnclosed; at++) {
    const char = text[at] ?? ''
    const isEmphasis = char === mark.open
    if (!isEmphasis && !opening.test(char)) continue
    const end = isEmphasis ? text.indexOf(mark.close, at) : closingPlace(text, at)
    if (end < 0) {
      unclosed++
      continue
    }
    const found: WordsTitle = {
      form: isEmphasis ? 'emphasised' : char === '《' ? 'bookmarks' : 'quoted',
      title: text.slice(at, end + 1),
      before: text.slice(0, at),
      after: text.slice(end + 1),
    }
    if (isTitle(found)) return found
    at = end
  }
  return null
}

function isTitle({ form, title, before, after }: WordsTitle): boolean {
  const isClause = clauseBefore.test(before) && (clauseAfter.test(after) || /[.,?!]["”]$/.test(title))
  if (!isClause || /^\s*[:：]/.test(after)) return false
  // A newspaper's date and page cite a page of it, without a title.
  if (/^[\s,，]*\d{4}[\s年/.-]/.test(after) && outletOf(title.replace(/[《》\uFDD3\uFDD4]/g, '')) !== null)
    return false
  // A programme's name stands before that of its episode.
  return !(form === 'emphasised' && /^,?\s*(?:[^,“"]{1,20},\s*)?[“"]/.test(after))
}

/** `Perelman, G. Title. *Journal* …` of Nature: the journal is emphasised, the title is not. */
function titleBeforeJournal(text: string): WordsTitle | null {
  const journal = text.indexOf(mark.open)
  if (journal < 0) return null
  const head =
    /^(.{2,300}?(?:\b\p{Lu}\.|\bet al\.))\s(?=\p{Lu}\p{Ll}|\p{Lu}{2}|\p{Lu}\s|\d)(?!\p{Lu}[\p{L}'’-]+,\s\p{Lu}\.)([^\uFDD3]{8,400}[.?!])\s*$/u.exec(
      text.slice(0, journal),
    )
  return head
    ? { form: 'plain', before: head[1] ?? '', title: head[2] ?? '', after: text.slice(journal) }
    : null
}

/** `Petitti DB, Crooks VC. Title. Journal. 2005 Jan;62(1):112-6.` */
function vancouverTitle(text: string): WordsTitle | null {
  const name = "\\p{Lu}[\\p{L}'’ -]{1,40} \\p{Lu}{1,3}"
  const form = new RegExp(
    `^(${name}(?:, ${name}){0,40}(?:, et al)?\\.) ([^.?!]{8,400}[.?!]) (?=(\\p{L}[\\p{L} .&:()-]{1,80}?)(?: \\[\\p{L}+\\])?\\. (?:1[5-9]|20)\\d\\d)`,
    'u',
  )
  const match = form.exec(text)
  return match
    ? {
        form: 'plain',
        before: match[1] ?? '',
        title: match[2] ?? '',
        after: `${mark.open}${match[3]}${mark.close}${text.slice(match[0].length + (match[3]?.length ?? 0))}`,
      }
    : null
}

/** `World Health Organization. Title [Internet]. Geneva: WHO; 2020 [cited 2020 May 3]. Available from: …` */
function internetTitle(text: string): WordsTitle | null {
  const match = /^([^.[\]]{2,200}\.) ([^[\]]{3,300}) (?=\[Internet\])/iu.exec(text)
  return (
    match && {
      form: 'plain',
      before: match[1] ?? '',
      title: match[2] ?? '',
      after: text.slice(match[0].length),
    }
  )
}

function lawTitle(text: string): WordsTitle | null {
  const law = lawAtStart(text)
  return law && { form: 'plain', title: law.title, before: '', after: law.after }
}
