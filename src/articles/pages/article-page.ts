import type { Thing } from '#src/content/export/index.ts'
import { escapeHtml } from '#src/platform/http/html-page.ts'
import type { Article } from '../schemas.ts'
import { articleHead } from './article-head.ts'
import { articleHeader } from './article-header.ts'
import { corrections, featuredFigure, filing, furtherSources, textWithNotes } from './article-parts.ts'
import { lines, type Page, pageOf } from './page.ts'
import type { PageSite } from './page-site.ts'

/**
 * An article as a page of its own, complete and without scripts, made from what the asker may see of it and nothing
 * else. It is sent with the policy `ARTICLE_PAGE_POLICY`.
 * @param structuredData the article as JSON-LD
 * @param isPublic whether readers see it too; else the page says so, and search engines are told to leave it
 */
export function articlePage(
  article: Article,
  site: PageSite,
  structuredData: Thing,
  isPublic: boolean,
): string {
  const page = pageOf(article, site)
  return `<!doctype html>
<html lang="${escapeHtml(article.locale)}"${direction(article.locale)}>
<head>
${articleHead(page, structuredData, isPublic)}
</head>
<body>
${lines(siteHeader(page), isPublic ? '' : notice(page))}
<main>
<article>
${lines(
  articleHeader(page),
  featuredFigure(page),
  textWithNotes(page),
  furtherSources(page),
  corrections(page),
  filing(page),
)}
</article>
</main>
</body>
</html>
`
}

const siteHeader = ({ article, site }: Page) => {
  const lang = site.locale === article.locale ? '' : ` lang="${escapeHtml(site.locale)}"`
  return `<header class="site"><a href="${escapeHtml(site.url)}"${lang}>${escapeHtml(site.name)}</a></header>`
}

const notice = ({ article, words, lang }: Page) =>
  `<p class="not-public"${lang}>${words.notPublic[article.status]}</p>`

const direction = (locale: string) =>
  new Intl.Locale(locale).getTextInfo().direction === 'rtl' ? ' dir="rtl"' : ''
