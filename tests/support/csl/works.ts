import { readdirSync, readFileSync } from 'node:fs'
import { deriveArticle } from '#src/content/derive.ts'
import type { CitedWork } from '#src/content/export/index.ts'

/** A citation that says nothing but what is given. */
export function aCitation(given: Partial<CitedWork> = {}): CitedWork {
  return {
    label: '1',
    text: 'Something that was written.',
    title: null,
    url: null,
    archiveUrl: null,
    doi: null,
    isbn: null,
    arxiv: null,
    publisher: null,
    containerTitle: null,
    authors: [],
    publishedOn: null,
    accessedOn: null,
    type: null,
    ...given,
  }
}

/** A citation that says everything. */
export function aFullCitation(given: Partial<CitedWork> = {}): CitedWork {
  return aCitation({
    label: 'rot',
    text: 'Klein, M. et al. (2014). Scholarly Context Not Found. PLOS ONE, 9(12), e115253.',
    title: 'Scholarly Context Not Found: 100% of "AI" & C_3 {in braces}',
    url: 'https://doi.org/10.1371/journal.pone.0115253?a=1&b=%20#x_y',
    archiveUrl: 'https://web.archive.org/web/20160514093000/https://doi.org/10.1371/journal.pone.0115253',
    doi: '10.1371/journal.pone.0115253',
    isbn: '0-06-251586-1',
    arxiv: '2401.00001',
    publisher: 'Simon and Schuster & Co.',
    containerTitle: 'PLOS ONE',
    authors: ['Klein, M.', '新智元', 'Pew Research Center'],
    publishedOn: '2014-12-26',
    accessedOn: '2025-03-12',
    type: 'article-journal',
    ...given,
  })
}

/** The citations of the stories that come with the project, as their documents give them. */
export function seedCitations(): CitedWork[] {
  return readdirSync('seeds')
    .filter((file) => file.endsWith('.md'))
    .sort()
    .flatMap((file) => {
      const source = readFileSync(`seeds/${file}`, 'utf8')
      return deriveArticle(source, { timeZone: 'Asia/Shanghai', fallbackTitle: file }).content.citations
    })
}
