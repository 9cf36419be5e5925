import type { Note } from '../markdown/notes.ts'
import type { CitationFields, CitationType } from './citations.ts'
import { nothingKnown } from './nothing-known.ts'
import { type AfterTitle, readAfterTitle } from './parsing/after-title.ts'
import { type BeforeTitle, readBeforeTitle } from './parsing/before-title.ts'
import { templateCitation } from './parsing/cite-template.ts'
import { type CitedWork, citedWork } from './parsing/cited-work.ts'
import { cleanTitle, isInBookMarks } from './parsing/clean-title.ts'
import { publishedOn, readDates } from './parsing/date-roles.ts'
import { readAfterGbt, typeOfGbt } from './parsing/gbt7714.ts'
import { identifiersIn, withoutIdentifiers } from './parsing/identifiers.ts'
import { isReportedCase } from './parsing/law-names.ts'
import { isStatement } from './parsing/name-like.ts'
import { type PartsOfWork, partsOfWork } from './parsing/parts-of-work.ts'
import { isRemark } from './parsing/remarks.ts'
import { typeOfSite } from './parsing/site-types.ts'
import { isNamedByItself, typeInWords, typeOf } from './parsing/types.ts'
import { untitledWork } from './parsing/works-in-words.ts'

/**
 * What a note says of the first work that it cites, by punctuation and patterns: the forms of Chinese and English
 * newsrooms, GB/T 7714—2015, APA, MLA, Chicago, IEEE, ACM, Vancouver, Nature, Bluebook, Wikipedia. What can't be told
 * is null, and a note that cites nothing (a remark) is null throughout. Pure and deterministic; never throws.
 */
export function parseCitation({ blocks }: Pick<Note, 'blocks'>): CitationFields {
  const work = citedWork(blocks)
  const template = templateCitation(work.written)
  if (template !== null) return template
  const parts = partsOfWork(work)
  const fields = readWork(work, parts)
  const isLinked = [fields.url, fields.archiveUrl, fields.doi, fields.arxiv, fields.isbn].some(
    (id) => id !== null,
  )
  return isLinked || isCompleteInWords(parts, fields) ? fields : withoutTitle(work)
}

function readWork(work: CitedWork, parts: PartsOfWork): CitationFields {
  const { url, archiveUrl } = work
  const identifiers = identifiersIn(work.text, work.urls)
  const lead = withoutIdentifiers(parts.before)
  const before = readDates(isStatement(lead) ? '' : lead, false)
  const after = readDates(withoutIdentifiers(parts.after), true)
  const words = `${before.text} ${after.text}`
  const isPost = isMedia(url === null ? null : typeOfSite(url)) || isMedia(typeInWords(words))
  const makers = readBeforeTitle(before.text, {
    isPost,
    isUntitled: parts.form === 'untitled',
    isInWords: url === null && parts.form !== 'gbt',
  })
  const rest = readRest(parts, after.text, makers)
  // `(CA)` behind a case is the court that heard it.
  if (isReportedCase(parts.title ?? '', words)) rest.publisher = null
  // What only taking out a date or a link has brought together is no name.
  const asWritten = (name: string | null) => (name !== null && work.says(name) ? name : null)
  const publisher = asWritten(
    makers.publisher ?? rest.publisher ?? onlyOne(makers.organisations) ?? work.linkOutlet,
  )
  const title = asWritten(parts.title === null ? null : cleanTitle(parts.title))
  const containerTitle = asWritten(rest.containerTitle ?? makers.containerTitle)
  return {
    title,
    url,
    archiveUrl,
    ...identifiers,
    publisher,
    containerTitle,
    authors: [
      ...new Set([
        ...makers.authors,
        ...rest.authors,
        ...(work.linkHandle === null ? [] : [work.linkHandle]),
      ]),
    ].filter(work.says),
    publishedOn: publishedOn([...before.published, ...after.published]),
    accessedOn: after.accessedOn ?? before.accessedOn,
    type: typeOf({
      ...identifiers,
      form: parts.form,
      marked: parts.gbt === null ? null : typeOfGbt(parts.gbt),
      url: url ?? archiveUrl,
      title,
      isInBookMarks: parts.title !== null && isInBookMarks(parts.title),
      words,
      containerTitle,
      publisher,
      isHouse: rest.publisher !== null,
    }),
  }
}

/** Posts, videos and podcasts: who stands before their title made them, and does not publish them. */
function isMedia(type: CitationType | null): boolean {
  return type === 'post' || type === 'motion_picture' || type === 'broadcast'
}

function readRest(parts: PartsOfWork, text: string, makers: BeforeTitle): AfterTitle {
  if (parts.gbt !== null) return readAfterGbt({ ...parts.gbt, after: text })
  const isFirst = makers.authors.length === 0 && makers.publisher === null
  return readAfterTitle(text, {
    isFirst,
    mayBePublisher: parts.form === 'emphasised' || parts.form === 'bookmarks',
  })
}

function onlyOne(names: readonly string[]): string | null {
  return names.length === 1 ? (names[0] ?? null) : null
}

/** A title with somebody or something that answers for it, or the name of a law, case or standard. */
function isCompleteInWords(parts: PartsOfWork, fields: CitationFields): boolean {
  if (parts.title === null || fields.title === null || isRemark(parts)) return false
  const { authors, containerTitle, publisher, publishedOn, type } = fields
  return isNamedByItself(type) || authors.length > 0 || (containerTitle ?? publisher ?? publishedOn) !== null
}

/** A talk, a message, a page of a newspaper; else a remark, of which nothing is known. */
function withoutTitle({ text }: CitedWork): CitationFields {
  const dates = readDates(text, true)
  const work = untitledWork(dates.text)
  return {
    ...nothingKnown,
    containerTitle: work?.containerTitle ?? null,
    authors: work?.authors ?? [],
    publishedOn: work && publishedOn(dates.published),
    accessedOn: work && dates.accessedOn,
    type: work?.type ?? null,
  }
}
