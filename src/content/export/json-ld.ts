import { outletOf } from '../citations/parsing/outlets.ts'
import { articlePicture, type PicturedArticle } from './article-picture.ts'
import { type CitedWork, citesWork, itemOfCitation } from './bibliographic-item.ts'
import { authorLd, citedWorkLd } from './cited-work-ld.ts'
import { plainLine } from './plain-line.ts'
import { type Thing, thing } from './schema-org.ts'
import { webAddress } from './web-address.ts'

/** What of an article its structured data says. Instants are RFC 3339. */
export interface DescribedArticle extends PicturedArticle {
  title: string
  summary: string | null
  excerpt: string
  locale: string
  wordCount: number
  readingMinutes: number
  publishedAt: string | null
  modifiedAt: string | null
  updatedAt: string
  unpublishAt: string | null
  /** `url`: of their own page. */
  authors: readonly { name: string; url?: string | null }[]
  tags: readonly { name: string }[]
  topics: readonly { name: string }[]
  citations: readonly CitedWork[]
  corrections: readonly { text: string; timestamp: string }[]
  links: { canonical: string }
}

/** Who publishes the article, and what relative addresses of its images are resolved against. */
export interface DescribingSite {
  name: string
  url: string
  mediaBaseUrl: string
}

/**
 * An article as schema.org's NewsArticle (JSON-LD 1.1), with its citations as CreativeWorks; notes that cite no work
 * are left out. An article without a byline is its publisher's. It was modified no earlier than it was published.
 */
export function newsArticle(article: DescribedArticle, site: DescribingSite): Thing {
  const publisher = thing('Organization', { name: site.name, url: site.url })
  const { canonical } = article.links
  return {
    '@context': 'https://schema.org',
    ...thing('NewsArticle', {
      mainEntityOfPage: { '@type': 'WebPage', '@id': canonical },
      url: canonical,
      headline: plainLine(article.title),
      description: plainLine(article.summary) ?? plainLine(article.excerpt),
      image: imageLd(article, site),
      datePublished: article.publishedAt,
      dateModified: lastChange(article),
      expires: article.unpublishAt,
      author: article.authors.length === 0 ? publisher : article.authors.map(bylineLd),
      publisher,
      isPartOf: thing('WebSite', { name: site.name, url: site.url }),
      articleSection: article.topics.map(({ name }) => name),
      keywords: article.tags.map(({ name }) => name),
      wordCount: article.wordCount,
      timeRequired: article.readingMinutes === 0 ? null : `PT${article.readingMinutes}M`,
      inLanguage: article.locale,
      correction: article.corrections.map(({ text, timestamp }) =>
        thing('CorrectionComment', { text, datePublished: timestamp }),
      ),
      citation: article.citations.filter(citesWork).map((citation) => citedWorkLd(itemOfCitation(citation))),
    }),
  }
}

/** A byline is a person's, unless it says otherwise: of one Latin word only a known outlet is an organisation. */
function bylineLd({ name, url = null }: DescribedArticle['authors'][number]): Thing {
  const isOneWord = /^\p{Lu}\p{Ll}+$/u.test(name) && outletOf(name, false)?.kind !== 'outlet'
  const author = isOneWord ? thing('Person', { name }) : authorLd({ literal: name })
  const address = webAddress(url)
  return address === null ? author : { ...author, url: address }
}

/** The image with its size in pixels (UN/CEFACT E37): schema.org takes no bare numbers for lengths. */
function imageLd(article: DescribedArticle, site: DescribingSite): Thing | null {
  const picture = articlePicture(article, site.mediaBaseUrl)
  if (picture === null) return null
  const { url, alt, caption, credit, width, height } = picture
  return thing('ImageObject', {
    url,
    width: pixels(width),
    height: pixels(height),
    caption: plainLine(caption) ?? plainLine(alt),
    creditText: plainLine(credit),
  })
}

const pixels = (value: number | null) =>
  value === null ? null : thing('QuantitativeValue', { value, unitCode: 'E37' })

function lastChange({ publishedAt, modifiedAt, updatedAt }: DescribedArticle): string {
  if (publishedAt === null) return modifiedAt ?? updatedAt
  return modifiedAt !== null && Date.parse(modifiedAt) > Date.parse(publishedAt) ? modifiedAt : publishedAt
}
