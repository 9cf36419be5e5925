import { isSlug } from '#src/content/slug.ts'
import type { Config } from '#src/platform/config.ts'
import { encodedPath, pathVariants, sitePath } from './site-path.ts'

/** What of an article its address is made of; instants as Dates, or as JSON has them. */
export interface PlacedArticle {
  readonly slug: string
  readonly locale: string
  readonly published_at: Date | string | null
  /** null only where the address does not name it. */
  readonly created_at: Date | string | null
}

/** An article that an address may mean. */
export interface AddressedArticle extends PlacedArticle {
  readonly id: string
}

/** What a path says of the article that it means. */
export interface ArticlePlace {
  readonly slug: string
  readonly locale?: string
  readonly year?: string
  readonly month?: string
}

/** Where readers find an article on the site, as the path that redirects are kept by. */
export function articlePath(article: PlacedArticle, config: Config): string {
  const path = filledPattern(article, config, (part) => part)
  return sitePath(basePath(config) + path, config.siteUrl) ?? path
}

/** Its address. */
export const articleUrl = (article: PlacedArticle, config: Config): string =>
  config.siteUrl + filledPattern(article, config, encodeURIComponent)

function filledPattern(article: PlacedArticle, config: Config, written: (part: string) => string): string {
  const { slug, locale } = article
  const { pieces, hasMonth } = patternOf(config)
  // Time zones are slow, and most patterns name no month.
  const parts: Record<string, string> = { slug, locale, ...(hasMonth ? monthOf(article, config) : {}) }
  return pieces.map((piece, index) => (index % 2 === 0 ? piece : written(parts[piece] ?? ''))).join('')
}

/** ARTICLE_URL_PATTERN: text and names of parts in turns. */
interface Pattern {
  readonly pieces: readonly string[]
  readonly hasMonth: boolean
}
const patterns = new WeakMap<Config, Pattern>()

function patternOf(config: Config): Pattern {
  const known = patterns.get(config)
  if (known !== undefined) return known
  const pieces = config.articleUrlPattern.split(/\{(\w+)\}/)
  const pattern = {
    pieces,
    hasMonth: pieces.some((piece, n) => n % 2 === 1 && /^(?:year|month)$/.test(piece)),
  }
  patterns.set(config, pattern)
  return pattern
}

/** Whether the addresses of articles name the year or month of publication. */
export const articleUrlHasMonth = (config: Config): boolean => patternOf(config).hasMonth

/** The places that a path may stand for by ARTICLE_URL_PATTERN, the likeliest first. */
export function articlePlaces(path: string, config: Config): ArticlePlace[] {
  const base = basePath(config)
  const paths = base !== '' && path.startsWith(`${base}/`) ? [path.slice(base.length), path] : [path]
  const pattern = placePattern(config.articleUrlPattern)
  return paths.flatMap(pathVariants).flatMap((variant) => {
    const place = pattern.exec(variant)?.groups as ArticlePlace | undefined
    return place !== undefined && isSlug(place.slug) ? [place] : []
  })
}

/** Whether nothing that the path says is otherwise in the article. */
export function isPlaceOf(place: ArticlePlace, article: AddressedArticle, config: Config): boolean {
  const { year, month } = monthOf(article, config)
  return (
    (place.locale === undefined || place.locale.toLowerCase() === article.locale.toLowerCase()) &&
    (place.year === undefined || place.year === year) &&
    (place.month === undefined || place.month.padStart(2, '0') === month)
  )
}

const PARTS: Record<string, string> = { slug: '[^/]+', locale: '[^/]+', year: '\\d{4}', month: '\\d{1,2}' }

/** ARTICLE_URL_PATTERN as an expression whose groups are its parts. */
function placePattern(urlPattern: string): RegExp {
  const seen = new Set<string>()
  const source = urlPattern
    .replace(/\/$/, '')
    .split(/\{(\w+)\}/)
    .map((part, index) => {
      if (index % 2 === 0) return RegExp.escape(part.normalize('NFC'))
      if (seen.has(part)) return `\\k<${part}>`
      seen.add(part)
      return `(?<${part}>${PARTS[part]})`
    })
  return new RegExp(`^${source.join('')}$`)
}

/** Year and month of publication, in the site's time zone; of what has no date, of its making. */
function monthOf(article: Pick<PlacedArticle, 'published_at' | 'created_at'>, config: Config) {
  const time = new Date(article.published_at ?? article.created_at ?? 0).getTime()
  const date = Temporal.Instant.fromEpochMilliseconds(time)
    .toZonedDateTimeISO(config.siteTimeZone)
    .toPlainDate()
  const [year = '', month = ''] = date.toString().split('-')
  return { year, month }
}

/** Where readers find an article: what its author says, else by the site's pattern. */
export const canonicalUrl = (
  article: PlacedArticle & { readonly canonical_url: string | null },
  config: Config,
) => article.canonical_url ?? articleUrl(article, config)

/** Where on its host the site begins. */
const basePath = ({ siteUrl }: Config): string => new URL(siteUrl).pathname.replace(/\/$/, '')

/** A target as clients are told it: an address, or a path of the site that can stand in a header. */
export const shownTarget = (target: string): string => {
  if (!target.startsWith('/')) return target
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(target) ?? []
  return encodedPath(path) + rest
}
