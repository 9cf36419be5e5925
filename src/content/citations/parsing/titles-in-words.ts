import { closingPlace } from './clean-title.ts'
import { endOfAuthors } from './gbt7714.ts'
import { isIdentifier } from './identifiers.ts'
import { endsInStandardId, judgmentIn, lawAtStart } from './law-names.ts'
import { mark } from './marks.ts'
import { isBookPublisher, isOrganisation } from './organisations.ts'
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
  /(?:^|[\s:：,，.。．、;；(（—·|｜\]］】)）》\uFDD0-\uFDD4]|参见|详见|参阅|原载|见|载|著|编|撰|译|问题|帖子|话题)$/u
const clauseAfter =
  /^(?:\s*$|\s*[,，.。．;；:：)）(（—·|｜[［、《\uFDD0-\uFDD5]|\s*(?:第|载|来源|下的|中的|词条|条目|作者|by|in|on|from)|\s?(?:19|20)\d\d)/iu

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
    preprintTitle(text) ??
    markedTitle(text) ??
    vancouverTitle(text) ??
    internetTitle(text) ??
    titleBeforeImprint(text) ??
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
  const [before] = [namesAndYear.exec(text)?.[0], namesThenYear.exec(text)?.[0]]
    .filter((form) => form !== undefined)
    .sort((a, b) => a.length - b.length)
  if (before === undefined || hasImprint(before)) return null
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
  const journal = /[.?!](?= \p{Lu}[\p{L}.&’' ]{1,60} \d{1,4}, \d{1,4} \()/u.exec(text)
  if (journal) return journal.index + 1
  const container = /[.?!。]["”’]?\s+(?:In:? )?(?=\uFDD3|In:? \p{Lu}|[\uFDD0-\uFDD2])/u.exec(text)
  const description = /\s[[［][A-Z][^[\]]{2,60}[\]］]/u.exec(text)
  const sentence = /[.?!。](?=\s+[\p{Lu}\uFDD0-\uFDD5]|\s*$)/u.exec(text)
  const beforeHouse = container && endBeforeHouse(text.slice(0, container.index))
  if (beforeHouse) return beforeHouse
  if (container) return Math.min(container.index + 1, description?.index ?? text.length)
  return description?.index ?? (sentence && sentence.index + 1)
}

/** `Household debt (Report No. 12). National Bureau`: the title ends where an organisation's name follows. */
function endBeforeHouse(text: string): number | null {
  for (const { index } of [...text.slice(0, 400).matchAll(/[.?!](?=\s+\p{Lu})/gu)].slice(0, 6)) {
    const house = text.slice(index + 1).trim()
    if (house.includes(' ') && house.length < 80 && !/[()]/.test(house) && isOrganisation(house))
      return index + 1
  }
  return null
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
  const isNamed = clauseBefore.test(before) || (form === 'bookmarks' && isNamedBefore(before))
  const isClause = isNamed && (clauseAfter.test(after) || /[.,?!]["”]$/.test(title))
  if (!isClause || /^\s*[:：]/.test(after)) return false
  // A newspaper's date and page cite a page of it, without a title.
  if (/^[\s,，]*\d{4}[\s年/.-]/.test(after) && outletOf(title.replace(/[《》\uFDD3\uFDD4]/g, '')) !== null)
    return false
  // A programme's name stands before that of its episode.
  return !(form === 'emphasised' && /^,?\s*(?:[^,“"]{1,20},\s*)?[“"]/.test(after))
}

const sourceName =
  /(?:^|[，,。；;（(])\s?(?:(?:图表)?(?:数据|資料|资料|图片|信息|消息)?(?:来源|來源)|出处|引自|摘自|转引自)\s?[：:]\s?(\p{Script=Han}{2,30})$/u

/** `来源：国家能源局《…》`, `国家统计局《…》`, `GB 2762-2022《…》`: whose work it is, directly before its name. */
function isNamedBefore(before: string): boolean {
  const isOffice =
    /^\p{Script=Han}{3,24}$/u.test(before) && isOrganisation(before) && !/^[据见按依]|根据|按照/u.test(before)
  return isOffice || sourceName.test(before.slice(-60)) || endsInStandardId(before)
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

/** `Roe, A. et al. Title. Preprint at https://…` of Nature. */
function preprintTitle(text: string): WordsTitle | null {
  const at = text.search(/[.?!] Preprint (?:at|on|posted)\b/u)
  if (at < 0 || at > 700) return null
  const head = text.slice(0, at + 1)
  const split =
    /^.{2,300}?(?:\b\p{Lu}\.|\bet al\.)(?=\s\p{L}?\p{Ll}|\s\p{Lu}{2}|\s\p{Lu}\s|\s\d)(?!\s\p{Lu}[\p{L}'’-]+,\s\p{Lu}\.)(?!\s(?:et al|and)\b)/u.exec(
      head,
    )
  return (
    split && {
      form: 'plain',
      before: split[0],
      title: head.slice(split[0].length),
      after: text.slice(at + 1),
    }
  )
}

// `北京: 清华大学出版社, 2016`, `Addison-Wesley; 1997`
const imprint =
  /[.。]\s?(?:[^.。,，;；:：\d]{2,30}[:：]\s?)?([^.。,，;；:：\d]{2,60})[,，;；]\s?(?:1[5-9]|20)\d\d(?!\d)/u

/** Does a house that prints books stand here, with a year? */
function hasImprint(text: string): boolean {
  return isBookPublisher(imprint.exec(text)?.[1] ?? '')
}

/** `周志华. 机器学习. 清华大学出版社, 2016.`: a book that nothing marks, by the house and year behind its title. */
function titleBeforeImprint(text: string): WordsTitle | null {
  const match = imprint.exec(text)
  if (match === null || !isBookPublisher(match[1] ?? '')) return null
  const head = text.slice(0, match.index)
  const split = endOfAuthors(head)
  const title = head.slice(split)
  const isTitle = split > 0 && /\p{L}{2}/u.test(title) && title.length < 300 && !isIdentifier(title.trim())
  return isTitle
    ? { form: 'plain', before: head.slice(0, split), title, after: text.slice(match.index + 1) }
    : null
}

/** `Petitti DB, Crooks VC. Title. Journal. 2005 Jan;62(1):112-6.` */
function vancouverTitle(text: string): WordsTitle | null {
  const name = "\\p{Lu}[\\p{L}'’ -]{1,40} \\p{Lu}{1,3}"
  const form = new RegExp(
    `^(${name}(?:, ${name}){0,40}(?:, et al)?\\.) ([^.?!]{8,400}[.?!]) (?=(\\p{L}[\\p{L} .&:()-]{1,80}?)(?: \\[\\p{L}+\\])?(?:\\. |\\s(?=\\d{4}[ \\w]{0,12};))(?:1[5-9]|20)\\d\\d)`,
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
