import { escapeHtml } from '#src/platform/http/html-page.ts'
import { inSiteTime, lines, type Page, timeElement } from './page.ts'

/** What stands above the text: topics, title, summary, who wrote it and when. */
export function articleHeader(page: Page): string {
  const { topics, title, summary } = page.article
  const topicNames = topics.map(({ name }) => escapeHtml(name)).join(' · ')
  const byline = [authors(page), published(page), updated(page), readingTime(page)].filter(
    (part) => part !== '',
  )
  return lines(
    '<header>',
    topicNames === '' ? '' : `<p class="topics">${topicNames}</p>`,
    `<h1 class="title">${escapeHtml(title)}</h1>`,
    summary === null || summary === '' ? '' : `<p class="summary">${escapeHtml(summary)}</p>`,
    byline.length === 0 ? '' : `<p class="byline">${byline.join(' ')}</p>`,
    '</header>',
  )
}

function authors({ article }: Page): string {
  if (article.authors.length === 0) return ''
  const list = new Intl.ListFormat([article.locale, 'en'], { type: 'conjunction' })
  return `<span class="authors">${escapeHtml(list.format(article.authors.map(({ name }) => name)))}</span>`
}

function published(page: Page): string {
  const { publishedAt } = page.article
  return publishedAt === null ? '' : timeElement(publishedAt, page)
}

/** Said only where readers see a difference. */
function updated(page: Page): string {
  const { publishedAt, modifiedAt } = page.article
  if (publishedAt === null || modifiedAt === null || modifiedAt <= publishedAt) return ''
  if (inSiteTime(modifiedAt, page) === inSiteTime(publishedAt, page)) return ''
  return `<span><span${page.lang}>${page.words.updated}</span> ${timeElement(modifiedAt, page)}</span>`
}

function readingTime({ article, words, lang }: Page): string {
  const { readingMinutes } = article
  return readingMinutes === 0 ? '' : `<span${lang}>${words.readingTime(readingMinutes)}</span>`
}
