import type { CitationType } from '../citations/citations.ts'
import type { AuthorName } from './author-name.ts'
import type { BibliographicItem } from './bibliographic-item.ts'
import { withUniqueKeys } from './citation-key.ts'

/** Reference types of the RIS format (Research Information Systems, 2011) by CSL type. */
const types: Record<CitationType, string> = {
  article: 'UNPB',
  'article-journal': 'JOUR',
  'article-magazine': 'MGZN',
  'article-newspaper': 'NEWS',
  bill: 'BILL',
  book: 'BOOK',
  broadcast: 'VIDEO',
  chapter: 'CHAP',
  classic: 'CLSWK',
  collection: 'GEN',
  dataset: 'DATA',
  document: 'GEN',
  entry: 'ENCYC',
  'entry-dictionary': 'DICT',
  'entry-encyclopedia': 'ENCYC',
  event: 'GEN',
  figure: 'FIGURE',
  graphic: 'ART',
  hearing: 'HEAR',
  interview: 'GEN',
  legal_case: 'CASE',
  legislation: 'STAT',
  manuscript: 'MANSCPT',
  map: 'MAP',
  motion_picture: 'MPCT',
  musical_score: 'MUSIC',
  pamphlet: 'PAMP',
  'paper-conference': 'CONF',
  patent: 'PAT',
  performance: 'GEN',
  periodical: 'SER',
  personal_communication: 'PCOMM',
  post: 'ELEC',
  'post-weblog': 'BLOG',
  regulation: 'LEGAL',
  report: 'RPRT',
  review: 'JOUR',
  'review-book': 'JOUR',
  software: 'COMP',
  song: 'SOUND',
  speech: 'GEN',
  standard: 'STAND',
  thesis: 'THES',
  treaty: 'LEGAL',
  webpage: 'ELEC',
}

/**
 * The items as RIS (`application/x-research-info-systems`): UTF-8, lines end in CRLF, each record from `TY` to `ER`.
 * Keys are made unique in the list. An archived copy is `LK`, arXiv the accession number `AN`.
 */
export function ris(items: readonly BibliographicItem[]): string {
  return withUniqueKeys(items).map(recordOf).join('\r\n')
}

function recordOf(item: BibliographicItem): string {
  const { publishedOn, accessedOn, arxiv } = item
  const tags: [string, string | null][] = [
    ['TY', types[item.type]],
    ['ID', item.id],
    ['TI', item.title],
    ...item.authors.map((name): [string, string] => ['AU', nameText(name)]),
    ['T2', item.containerTitle],
    ['PB', item.publisher],
    ['PY', publishedOn?.slice(0, 4) ?? null],
    ['DA', publishedOn === null ? null : risDate(publishedOn)],
    ['M3', item.genre],
    ['DO', item.doi],
    ['SN', item.isbn],
    ['AN', arxiv === null ? null : `arXiv:${arxiv}`],
    ['UR', item.url],
    ['LK', item.archiveUrl],
    ['Y2', accessedOn === null ? null : risDate(accessedOn)],
    ['LA', item.language],
    ['AB', item.abstract],
    ['N1', item.note],
    ['ER', ''],
  ]
  return tags.flatMap(([tag, value]) => (value === null ? [] : [`${tag}  - ${value}\r\n`])).join('')
}

/** A comma separates family and given name: that of an organisation (`Acme, Inc`) would make it a person. */
function nameText(name: AuthorName): string {
  return 'literal' in name ? name.literal.replace(/ ?, ?/g, ' ').trim() : `${name.family}, ${name.given}`
}

/** `YYYY/MM/DD/`, what is not known left empty. */
function risDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${year}/${month}/${day}/`
}
