import { articlePicture, type Picture, type Thing } from '#src/content/export/index.ts'
import { escapeHtml } from '#src/platform/http/html-page.ts'
import { ARTICLE_STYLE } from './article-style.ts'
import { knownTranslations, lines, type Page } from './page.ts'

/** The head of an article's page: for browsers, search engines, and those who share it (ogp.me, RFC 6596). */
export function articleHead(page: Page, structuredData: Thing, isPublic: boolean): string {
  const { article, site } = page
  const { canonical, self, markdown } = article.links
  const description = article.summary ?? article.excerpt
  return lines(
    '<meta charset="utf-8">',
    `<title>${escapeHtml(article.title)} · ${escapeHtml(site.name)}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    meta('name', 'description', description),
    ...article.authors.map(({ name }) => meta('name', 'author', name)),
    isPublic ? '' : '<meta name="robots" content="noindex">',
    `<link rel="canonical" href="${escapeHtml(canonical)}">`,
    ...languages(page),
    alternate('application/json', self),
    alternate('text/markdown', markdown),
    ...openGraph(page, description),
    `<script type="application/ld+json">${dataBlock(structuredData)}</script>`,
    `<style>${ARTICLE_STYLE}</style>`,
  )
}

function openGraph(page: Page, description: string): string[] {
  const { article, site } = page
  const { locale, publishedAt, modifiedAt } = article
  const image = articlePicture(article, site.mediaBaseUrl)
  return [
    property('og:type', 'article'),
    property('og:title', article.title),
    property('og:description', description),
    property('og:url', article.links.canonical),
    property('og:site_name', site.name),
    property('og:locale', openGraphLocale(locale)),
    ...knownTranslations(page).map((other) => property('og:locale:alternate', openGraphLocale(other.locale))),
    ...(image === null ? [] : imageProperties(image)),
    property('article:published_time', publishedAt),
    property('article:modified_time', modifiedAt),
    property('article:expiration_time', article.unpublishAt),
    ...article.authors.map(({ name }) => property('article:author', name)),
    property('article:section', article.topics[0]?.name ?? null),
    ...article.tags.map(({ name }) => property('article:tag', name)),
    meta('name', 'twitter:card', image === null ? 'summary' : 'summary_large_image'),
  ]
}

const imageProperties = (image: Picture): string[] => [
  property('og:image', image.url),
  property('og:image:width', image.width),
  property('og:image:height', image.height),
  property('og:image:alt', image.alt ?? image.caption),
]

/** This article and its translations, each by its language; nothing where there is one language alone. */
function languages(page: Page): string[] {
  const others = knownTranslations(page)
  const { locale, links } = page.article
  const all = others.length === 0 ? [] : [{ locale, address: links.canonical }, ...others]
  return all.map(
    (one) => `<link rel="alternate" hreflang="${escapeHtml(one.locale)}" href="${escapeHtml(one.address)}">`,
  )
}

const alternate = (type: string, address: string) =>
  `<link rel="alternate" type="${type}" href="${escapeHtml(address)}">`

const meta = (kind: 'name' | 'property', name: string, content: string) =>
  content === '' ? '' : `<meta ${kind}="${name}" content="${escapeHtml(content)}">`

const property = (name: string, content: string | number | null) =>
  content === null ? '' : meta('property', name, String(content))

/** `zh-Hant-TW` is `zh_TW`: Open Graph knows languages and territories. */
function openGraphLocale(locale: string): string {
  const { language, region } = new Intl.Locale(locale)
  return region === undefined ? language : `${language}_${region}`
}

/** JSON in a script element, which nothing in a text can end, nor open a comment in (HTML §4.12.1.3). */
const dataBlock = (value: Thing) => JSON.stringify(value).replaceAll('<', '\\u003c')
