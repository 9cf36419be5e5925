import { absoluteHtml, withoutRepeatedTitle } from '../markdown/absolute-html.ts'
import { escapeAttribute } from '../markdown/html-text.ts'

/** What an article's html is resolved against when it is read elsewhere. */
export interface FeedHtmlOptions {
  /** A level-1 heading that says this again is left out. */
  readonly title: string
  /** Where readers find the article: links are relative to it. */
  readonly pageUrl: string
  /** The folder that pictures, sounds and films are relative to. */
  readonly mediaBaseUrl: string
}

/**
 * The html of an article for feeds: its addresses are absolute, notes and their references included (feed readers
 * resolve them against the feed, or not at all), and the title is not shown twice.
 *
 * @param html as the renderer gives it: sanitised, its attributes between double quotes, `<` and `>` escaped in them
 */
export function feedHtml(html: string, { title, pageUrl, mediaBaseUrl }: FeedHtmlOptions): string {
  const [page = pageUrl] = pageUrl.split('#', 1)
  const text = withAbsoluteNotes(withoutRepeatedTitle(html, title), page)
  return absoluteHtml(text, { page, media: mediaBaseUrl })
}

/** Links within the article lead to its page. */
function withAbsoluteNotes(html: string, page: string): string {
  const toPage = ` href="${escapeAttribute(page)}#`
  return html.replace(/<a\s[^>]*>/g, (tag) => tag.replace(' href="#', () => toPage))
}
