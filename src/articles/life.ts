import type { ArticleAction } from '#src/audit/index.ts'
import type { FrontMatter } from '#src/content/front-matter/front-matter.ts'
import type { WrittenArticle } from './lock-article.ts'

/** What columns say of an article's life, and front matter only begins. Absent: stays as it is. */
export interface LifeChange {
  readonly slug?: string
  readonly locale?: string
  readonly translationKey?: string | null
  readonly publishedAt?: Date | null
  readonly unpublishAt?: Date | null
}

/** What front matter says of it. */
export type Life = Pick<FrontMatter, 'slug' | 'locale' | 'translationKey' | 'publishedAt' | 'unpublishAt'>

/**
 * What a new front matter changes in an article's life: where it says something else than the old one, it acts like
 * the field of that name. What it leaves out stays, but for the end of publication and the key of translations.
 * (`draft` is no transition: it only decides how a new article begins.)
 */
export function lifeChange(before: Life, after: Life): LifeChange {
  const says = <Key extends keyof Life>(key: Key) => after[key] !== before[key]
  return {
    ...(says('slug') && after.slug !== null ? { slug: after.slug } : {}),
    ...(says('locale') && after.locale !== null ? { locale: after.locale } : {}),
    ...(says('translationKey') ? { translationKey: after.translationKey } : {}),
    ...(says('publishedAt') && after.publishedAt !== null
      ? { publishedAt: new Date(after.publishedAt) }
      : {}),
    ...(says('unpublishAt') ? { unpublishAt: instant(after.unpublishAt) } : {}),
  }
}

/** An instant as front matter and payloads give it, for a column. */
export const instant = (text: string | null) => (text === null ? null : new Date(text))

/** What publishing is called: an article whose date is to come is scheduled. */
export const publicationAction = (publishedAt: Date, now: Date): ArticleAction =>
  publishedAt <= now ? 'article.published' : 'article.scheduled'

/**
 * When readers first saw an article whose publishing date changes. The first date follows the publishing date, but
 * what readers have seen they have seen: a live story that is put off keeps its first date.
 */
export function firstPublication(article: WrittenArticle, publishedAt: Date | null, now: Date): Date | null {
  const first = article.firstPublishedAt
  const followed =
    article.status === 'published' && first !== null && first.getTime() === article.publishedAt?.getTime()
  if (!followed || publishedAt === null) return first
  return publishedAt <= now || first > now ? publishedAt : first
}
