import { citesWork, publicAddress } from '#src/content/export/index.ts'
import { withoutRepeatedTitle } from '#src/content/markdown/absolute-html.ts'
import { escapeHtml } from '#src/platform/http/html-page.ts'
import { knownTranslations, type Page, readableHere, timeElement } from './page.ts'

/** The picture that stands for the article, with its caption and credit. */
export function featuredFigure({ article, site }: Page): string {
  const { featuredImage } = article
  const address = featuredImage === null ? null : publicAddress(featuredImage.url, site.mediaBaseUrl)
  if (featuredImage === null || address === null) return ''
  const { alt, caption, credit, width, height } = featuredImage
  const size = `${width === null ? '' : ` width="${width}"`}${height === null ? '' : ` height="${height}"`}`
  const texts = [
    caption === null || caption === '' ? '' : `<span>${escapeHtml(caption)}</span>`,
    credit === null || credit === '' ? '' : `<span class="credit">${escapeHtml(credit)}</span>`,
  ].filter((text) => text !== '')
  const below = texts.length === 0 ? '' : `\n<figcaption>${texts.join(' ')}</figcaption>`
  return `<figure class="featured">
<img src="${escapeHtml(address)}" alt="${escapeHtml(alt ?? '')}"${size}>${below}
</figure>`
}

/** How the renderer begins notes for which their author wrote no heading. */
const UNTITLED_NOTES = /<section class="footnotes" role="doc-endnotes" aria-label="[^"]*">\n/g

/** The text with its notes; these get a heading where the author wrote none. */
export function textWithNotes(page: Page): string {
  const { article, words, lang } = page
  const html = readableHere(withoutRepeatedTitle(article.html, article.title), page)
  const notes = [...html.matchAll(UNTITLED_NOTES)].at(-1)
  if (notes === undefined) return `<div class="text">\n${html}</div>`
  const list = notes.index + notes[0].length
  return `<div class="text">\n${html.slice(0, list)}<h2${lang}>${words.notes}</h2>\n${html.slice(list)}</div>`
}

/** What is cited without a reference in the text, so that none of the citations is missing. */
export function furtherSources(page: Page): string {
  const { article, words, lang } = page
  const cited = article.citations.filter((citation) => citation.ordinal === null && citesWork(citation))
  if (cited.length === 0) return ''
  const items = cited.map(({ html }) => `<li>${readableHere(html, page).trim()}</li>`)
  return `<section class="further">
<h2${lang}>${words.furtherSources}</h2>
<ul>
${items.join('\n')}
</ul>
</section>`
}

/** What was wrong, and when that was said. */
export function corrections(page: Page): string {
  const { article, words, lang } = page
  if (article.corrections.length === 0) return ''
  const items = article.corrections.map(
    ({ type, text, timestamp }) =>
      `<p><strong${lang}>${words.correction[type]}</strong> ${timeElement(timestamp, page)}<br>${escapeHtml(text)}</p>`,
  )
  return `<section class="corrections">
<h2${lang}>${words.corrections}</h2>
${items.join('\n')}
</section>`
}

/** Under what the article is filed, and in which other languages it can be read. */
export function filing(page: Page): string {
  const { article, words, lang } = page
  const tags = article.tags.map(({ name }) => `<li>${escapeHtml(name)}</li>`)
  const translations = knownTranslations(page).map(({ locale, address }) => {
    const language = escapeHtml(locale)
    const name = escapeHtml(languageName(locale))
    return `<li><a href="${escapeHtml(address)}" hreflang="${language}" lang="${language}">${name}</a></li>`
  })
  const filed = [
    { label: words.tags, items: tags },
    { label: words.alsoIn, items: translations },
  ].filter(({ items }) => items.length > 0)
  if (filed.length === 0) return ''
  const html = filed.map(
    ({ label, items }) => `<div><span${lang}>${label}</span> <ul>${items.join('')}</ul></div>`,
  )
  return `<footer class="filed">\n${html.join('\n')}\n</footer>`
}

/** The name of a language in that language. */
const languageName = (locale: string) =>
  new Intl.DisplayNames([locale, 'en'], { type: 'language' }).of(locale) ?? locale
