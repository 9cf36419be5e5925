import type { CitationType } from '../citations.ts'
import type { Identifiers } from './identifiers.ts'
import { typeOfLaw } from './law-names.ts'
import { isBookPublisher } from './organisations.ts'
import { isNewspaperName, outletOf } from './outlets.ts'
import type { PartsOfWork } from './parts-of-work.ts'
import { isBlog, typeOfSite } from './site-types.ts'

/** What the type of a work is told from. */
export interface TypeEvidence extends Identifiers {
  /** By a GB/T mark. */
  marked: CitationType | null
  url: string | null
  title: string | null
  /** Was the title in 《》? */
  isInBookMarks: boolean
  /** Everything but the title. */
  words: string
  containerTitle: string | null
  publisher: string | null
  /** Is the publisher named behind the title, as houses that print books are, and not as its author? */
  isHouse: boolean
  /** How the title was found. */
  form: PartsOfWork['form']
}

/** CSL 1.0.2 item types by form, then by name and domain; null when nothing tells. The first rule that fits decides. */
export function typeOf(evidence: TypeEvidence): CitationType | null {
  const { marked, containerTitle, url, title, words } = evidence
  return (
    marked ??
    typeInWords(words) ??
    partOf(evidence) ??
    typeOfLaw(title, evidence.isInBookMarks, words) ??
    typeOfContainer(containerTitle, words) ??
    (url === null ? null : typeOfSite(url)) ??
    typeOfIdentifier(evidence) ??
    (isReportTitle(title) ? 'report' : null) ??
    (url !== null && isBlog(url) ? 'post-weblog' : null) ??
    (isBook(evidence) ? 'book' : null) ??
    (url === null ? null : 'webpage')
  )
}

/** By its name, or as a journal by its volume and issue. */
function typeOfContainer(name: string | null, words: string): CitationType | null {
  if (name === null) return null
  if (isJournalForm(words)) return outletOf(name)?.type ?? 'article-journal'
  return outletOf(name)?.type ?? (isNewspaperName(name) ? 'article-newspaper' : null)
}

const kinds: readonly (readonly [RegExp, CitationType])[] = [
  [
    /\[(?:video|film|documentary|youtube video|motion picture)[^\]]*\]|\bTED video\b|\[视频\]/iu,
    'motion_picture',
  ],
  [/\bpodcast\b|\[audio podcast|播客/iu, 'broadcast'],
  [
    /\[(?:tweet|post|status update|toot|instagram post|facebook post|weibo post|online forum post|comment)\b[^\]]*\]/iu,
    'post',
  ],
  [/[(（[](?:blog|blog post|weblog)[)）\]]|\[web ?log post\]/iu, 'post-weblog'],
  [/\[data ?set\]/iu, 'dataset'],
  [/\[(?:computer )?software\]|\[computer program\]|\[mobile app\]|\[source code\]/iu, 'software'],
  [
    /\b(?:doctoral|master[’']?s|phd|ph\.d\.|ma|msc|undergraduate)\s(?:dissertation|thesis|diss\.)|\b(?:PhD|Ph\.D\.) diss|(?:博士|硕士|碩士|学士)(?:学位)?(?:论文|論文)|学位论文|學位論文/iu,
    'thesis',
  ],
  [
    /\[interview\]|\binterview(?:ed)? by the author|\binterview with (?:the )?author|\bauthor[’']?s? interview|\bpersonal interview|(?:访谈|訪談|采访|专访)(?=[，,。（(\s\uFDD0-\uFDD5]|$)/iu,
    'interview',
  ],
  [
    /\be-?mail (?:message|correspondence)|\be-?mail to\b|\bpersonal communication\b|\b(?:text|whatsapp|signal) message to\b|\bletter to the author\b|邮件往来|郵件往來|电子邮件(?:往来|回复)?|私人通信|邮件回复/iu,
    'personal_communication',
  ],
  [/\bU\.?S\.? Patent\b|\bPatent No\b|\bEuropean Patent\b/iu, 'patent'],
  [
    /(?:^|[.,，。(（]\s?)(?:research |technical |annual |policy |special )?report(?=[,.，。]|\s?\uFDD5|$)|\[(?:[\w-]{1,20} )?report\]|\breport nos?\. ?\w|\btech(?:nical)?\. rep\./iu,
    'report',
  ],
  [/\bpreprint\b|预印本/iu, 'article'],
]

/** The type that words around a title name: `[Video]`, `PhD diss.`, `访谈`; null when none does. */
export function typeInWords(words: string): CitationType | null {
  return kinds.find(([form]) => form.test(words))?.[1] ?? null
}

const proceedings =
  /^(?:Proc\.|Proceedings|Conference|\d{4} IEEE|Advances in Neural)|\bProc\.|\bProceedings\b|\bConf(?:erence|\.)|\bSymposium|\bWorkshop|会议论文集|大会论文集|研讨会论文集|年会论文集|论文集$/iu

const journalOfSociety =
  /^Proc(?:\.|eedings of the) (?:Natl|National Acad|R\. Soc|Royal Soc|IEEE$|London Math|Am\. Math)/u

function partOf({ containerTitle, publisher, words, form, url }: TypeEvidence): CitationType | null {
  if (containerTitle !== null && proceedings.test(containerTitle) && !journalOfSociety.test(containerTitle))
    return 'paper-conference'
  if (containerTitle === null || outletOf(containerTitle) !== null) return null
  const isInBook =
    /\bin:? (?:[^\uFDD3]{0,120}\((?:eds?|editors?)\.?\)[.,]? )?\uFDD3|\uFDD4,? (?:edited by|eds?\.)/iu.test(
      words,
    )
  if (isInBook && (publisher !== null || /\beds?\.|edited by/i.test(words))) return 'chapter'
  const isHanPart = form === 'bookmarks' && publisher !== null && url === null && !isJournalForm(words)
  return isHanPart ? 'chapter' : null
}

// `(New York: Vintage, 2011)`
const imprint = /[（(][^()（）:：]{2,60}[:：]\s?[^()（）]{2,80}[,，]\s?\uFDD5\s?[)）]/u

/** An ISBN, a house that prints books, `*Title*. House, 1987.` */
function isBook({ isbn, form, publisher, isHouse, containerTitle, url, words }: TypeEvidence): boolean {
  if (isbn !== null || imprint.test(words)) return true
  if (publisher === null) return false
  const isMarked = form === 'emphasised' || form === 'bookmarks'
  return isBookPublisher(publisher) || (isMarked && isHouse && containerTitle === null && url === null)
}

/** Do laws, cases and standards, which their names alone tell, have this type? */
export function isNamedByItself(type: CitationType | null): boolean {
  return type !== null && ['legislation', 'regulation', 'legal_case', 'standard', 'patent'].includes(type)
}

const journalForms = [
  /\d{1,4}\s?[(（]\d{1,5}(?:[-–/]\d{1,4})?[)）]/u, // 24(8)
  /\b(?:vol|no)\. ?\d/iu,
  /年第?\s?\d{1,3}\s?[期卷]|第\s?\d{1,4}\s?卷|第\s?[一二三四五六七八九十\d]{1,4}\s?期/u,
  /\d{1,4}, \d{1,5}\s?[-–]\s?\d{1,5}/u, // 521, 436–444
  /;\d{1,4}/u, // 2005 Jan;62
  /(?:^|[,.，\uFDD4]\s?)\d{1,4} \p{Lu}[\p{L}.&’' ]{1,60}(?: \d(?:d|th))? \d{1,5}[\s,(]/u, // 126 Yale L.J. 710
  /\b\d{1,4}:\d{1,3},? \d/u, // 42:3 2020
  /\uFDD4,? \d{1,4}, [a-z]{0,6}\d{1,12}[\s(.]/u, // *Nat. Commun.* 11, 4567 (
  /\uFDD4[.,]? \d{1,4}\s?[.:(]/u, // *Journal*. 12: 3
]

function isJournalForm(words: string): boolean {
  return journalForms.some((form) => form.test(words))
}

function typeOfIdentifier({ doi, arxiv }: Identifiers): CitationType | null {
  if (arxiv !== null) return 'article'
  if (doi === null) return null
  if (/^10\.(?:48550\/arxiv|1101\/|2139\/ssrn)/.test(doi)) return 'article'
  return doi.startsWith('10.5281/zenodo') ? 'dataset' : 'article-journal'
}

function isReportTitle(title: string | null): boolean {
  return (
    title !== null &&
    /(?:报告|報告|白皮书|白皮書|蓝皮书|藍皮書|公报|公報|年报|年報)(?:[（(][^）)]{1,20}[)）])?$/u.test(title)
  )
}
