import type { CitationFields, CitationType } from '../citations.ts'
import { nothingKnown } from '../nothing-known.ts'
import { cleanTitle } from './clean-title.ts'
import { writtenDates } from './dates.ts'
import { identifiersIn } from './identifiers.ts'
import { isBlog, typeOfSite } from './site-types.ts'

const template =
  /^\s*\{\{\s*(?:cite|citation)\s+(web|news|book|journal|magazine|report|thesis|arxiv|av media|podcast|conference|encyclopedia|press release|tweet)\s*\|([^{}]*)\}\}/iu

const types: Record<string, CitationType | null> = {
  news: 'article-newspaper',
  book: 'book',
  journal: 'article-journal',
  magazine: 'article-magazine',
  report: 'report',
  thesis: 'thesis',
  arxiv: 'article',
  podcast: 'broadcast',
  conference: 'paper-conference',
  encyclopedia: 'entry-encyclopedia',
  tweet: 'post',
}

// Templates of Wikipedia have no more.
const maxAuthors = 30

/** The citation that a template of Wikipedia's writes out (`{{cite web |url=… |title=…}}`); null for any other text. */
export function templateCitation(text: string): CitationFields | null {
  const match = template.exec(text)
  if (match === null) return null
  const said = parametersIn(match[2] ?? '')
  const say = (...names: string[]) => names.map((name) => said.get(name)).find((value) => value) ?? null
  const url = webAddress(say('url', 'chapter-url'))
  const identifiers = identifiersIn(
    `doi:${say('doi') ?? ''} arXiv:${say('arxiv', 'eprint') ?? ''} ISBN ${say('isbn') ?? ''}`,
    [],
  )
  const title = cleanTitle(say('title', 'script-title') ?? '')
  if (title === null && url === null) return nothingKnown
  return {
    ...identifiers,
    title,
    url,
    archiveUrl: webAddress(say('archive-url', 'archiveurl')),
    publisher: say('publisher', 'institution'),
    containerTitle: say(
      'work',
      'website',
      'newspaper',
      'magazine',
      'journal',
      'encyclopedia',
      'book-title',
      'periodical',
    ),
    authors: authorsIn(say),
    publishedOn: dateIn(say('date', 'year', 'publication-date')),
    accessedOn: dateIn(say('access-date', 'accessdate')),
    type:
      types[(match[1] ?? '').toLowerCase()] ??
      (url === null ? null : (typeOfSite(url) ?? (isBlog(url) ? 'post-weblog' : 'webpage'))),
  }
}

/** Names and values as written; brackets of wiki links taken off. */
function parametersIn(text: string): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const part of text.replace(/\[\[(?:[^[\]|]{1,100}\|)?([^[\]|]{1,100})\]\]/gu, '$1').split('|')) {
    const at = part.indexOf('=')
    if (at > 0) parameters.set(part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim())
  }
  return parameters
}

function authorsIn(say: (...names: string[]) => string | null): string[] {
  const authors: string[] = []
  for (let at = 1; at <= maxAuthors; at++) {
    const nth = (name: string) => (at === 1 ? [name, `${name}1`] : [`${name}${at}`])
    const last = say(...nth('last'), ...nth('author'), ...nth('surname'))
    if (last === null) break
    const first = say(...nth('first'), ...nth('given'))
    authors.push(first === null ? last : `${last}, ${first}`)
  }
  return authors
}

function webAddress(value: string | null): string | null {
  return value !== null && /^https?:\/\/\S+$/i.test(value) ? value : null
}

function dateIn(value: string | null): string | null {
  return writtenDates(value ?? '')[0]?.value ?? null
}
