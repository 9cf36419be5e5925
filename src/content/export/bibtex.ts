import type { CitationType } from '../citations/citations.ts'
import type { AuthorName } from './author-name.ts'
import type { BibliographicItem } from './bibliographic-item.ts'
import { latexText, latexUnit, latexVerbatim } from './bibtex-text.ts'
import { withUniqueKeys } from './citation-key.ts'

/** How a CSL type is written: the entry type, and which fields name its container and its publisher. */
interface EntryForm {
  entry: string
  container: 'journal' | 'booktitle' | 'series'
  publisher: 'publisher' | 'institution' | 'school'
  /** What replaces the name that styles print of the entry type, `Technical Report` or `PhD thesis`. */
  kind?: string
}

const article: EntryForm = { entry: 'article', container: 'journal', publisher: 'publisher' }
const book: EntryForm = { entry: 'book', container: 'series', publisher: 'publisher' }
const part: EntryForm = { entry: 'incollection', container: 'booktitle', publisher: 'publisher' }
// `organization` and `howpublished`, which styles print of these, are read back as the publisher.
const online: EntryForm = { entry: 'online', container: 'booktitle', publisher: 'publisher' }
const misc: EntryForm = { entry: 'misc', container: 'booktitle', publisher: 'publisher' }
const report: EntryForm = {
  entry: 'techreport',
  container: 'series',
  publisher: 'institution',
  kind: 'Report',
}
const thesis: EntryForm = { entry: 'phdthesis', container: 'series', publisher: 'school', kind: 'Thesis' }

/**
 * Entry types are those of BibTeX where it has one, so that its own styles print them; `online`, `dataset`,
 * `software`, `patent`, `periodical` are biblatex's, which BibTeX styles print as `misc`.
 */
const forms: Record<CitationType, EntryForm> = {
  article: misc,
  'article-journal': article,
  'article-magazine': article,
  'article-newspaper': article,
  bill: misc,
  book,
  broadcast: misc,
  chapter: part,
  classic: book,
  collection: book,
  dataset: { ...misc, entry: 'dataset' },
  document: misc,
  entry: part,
  'entry-dictionary': part,
  'entry-encyclopedia': part,
  event: misc,
  figure: misc,
  graphic: misc,
  hearing: misc,
  interview: misc,
  legal_case: misc,
  legislation: misc,
  manuscript: { ...misc, entry: 'unpublished' },
  map: misc,
  motion_picture: misc,
  musical_score: misc,
  pamphlet: { ...misc, entry: 'booklet' },
  'paper-conference': { ...part, entry: 'inproceedings' },
  patent: { ...misc, entry: 'patent' },
  performance: misc,
  periodical: { ...misc, entry: 'periodical' },
  personal_communication: misc,
  post: online,
  'post-weblog': online,
  regulation: misc,
  report,
  review: article,
  'review-book': article,
  software: { ...misc, entry: 'software' },
  song: misc,
  speech: misc,
  standard: { ...report, kind: 'Standard' },
  thesis,
  treaty: misc,
  webpage: online,
}

const theses: Record<string, EntryForm> = {
  'PhD thesis': { entry: 'phdthesis', container: 'series', publisher: 'school' },
  "Master's thesis": { entry: 'mastersthesis', container: 'series', publisher: 'school' },
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Names of babel, which biblatex's `langid` takes, by language tag, then by language. */
const babelNames: Record<string, string> = {
  'en-GB': 'british',
  'en-US': 'american',
  'zh-TW': 'chinese-traditional',
  'zh-HK': 'chinese-traditional',
  'pt-BR': 'brazilian',
  de: 'ngerman',
  en: 'english',
  es: 'spanish',
  fr: 'french',
  it: 'italian',
  ja: 'japanese',
  ko: 'korean',
  nl: 'dutch',
  pt: 'portuguese',
  ru: 'russian',
  zh: 'chinese',
}

/**
 * The items as a BibTeX file (`application/x-bibtex`), in UTF-8, for BibTeX and biblatex alike: `year` and `month`
 * beside `date`, `note` only where there is no title (it is printed; `annote` is not). Keys are made unique in the
 * list. Titles are in braces of their own, so that no style changes their capitals.
 */
export function bibtex(items: readonly BibliographicItem[]): string {
  return withUniqueKeys(items).map(entryOf).join('\n')
}

function entryOf(item: BibliographicItem): string {
  const form = theses[item.genre ?? ''] ?? forms[item.type]
  const fields = Object.entries(fieldsOf(item, form)).filter(([, value]) => value !== null)
  const lines = fields.map(([name, value]) => `  ${name} = ${value},\n`).join('')
  return `@${form.entry}{${item.id},\n${lines.replace(/,\n$/, '\n')}}\n`
}

/** Each field with its value as it stands in the file, delimiters and all; null: not there. */
function fieldsOf(item: BibliographicItem, form: EntryForm): Record<string, string | null> {
  return {
    title: field(item.title, latexUnit),
    author: item.authors.length === 0 ? null : `{${item.authors.map(nameText).join(' and ')}}`,
    [form.container]: field(item.containerTitle, latexUnit),
    [form.publisher]: field(item.publisher, latexUnit),
    type: field(form.kind ?? null, latexText),
    ...dateFields(item.publishedOn),
    doi: field(item.doi, latexVerbatim),
    isbn: field(item.isbn, latexText),
    eprint: field(item.arxiv, latexVerbatim),
    archivePrefix: item.arxiv === null ? null : '{arXiv}',
    url: field(item.url, latexVerbatim),
    // No field that BibTeX knows: readers take it for LaTeX, where a `$` begins a formula.
    archiveurl: field(item.archiveUrl, (url) => latexVerbatim(url).replaceAll('$', '%24')),
    urldate: field(item.accessedOn, latexText),
    langid: field(babelName(item.language), latexText),
    abstract: field(item.abstract, latexText),
    // What has no title at all would be printed as nothing.
    ...(item.title === null
      ? { note: field(item.note ?? item.url, latexText) }
      : { annote: field(item.note, latexText) }),
  }
}

function field(value: string | null, written: (text: string) => string): string | null {
  return value === null ? null : `{${written(value)}}`
}

function nameText(name: AuthorName): string {
  return 'literal' in name ? latexUnit(name.literal) : `${latexText(name.family)}, ${latexText(name.given)}`
}

function dateFields(date: string | null): Record<string, string | null> {
  const [year, month] = date?.split('-') ?? []
  return {
    date: field(date, latexText),
    year: field(year ?? null, latexText),
    month: months[Number(month) - 1] ?? null,
  }
}

function babelName(language: string | null): string | null {
  if (language === null) return null
  return babelNames[language] ?? babelNames[language.split('-', 1)[0] ?? ''] ?? null
}
