import { isSlug } from '#src/content/slug.ts'
import type { ArticleFilter } from '#src/listing/index.ts'
import { ANY_LIST_KEY, ARTICLES_KEY, surrogateKey } from '#src/platform/http/surrogate-keys.ts'

interface Named {
  readonly slug: string
}

/** What an article's keys are made of. */
export interface KeyedArticle {
  readonly id: string
  readonly tags: readonly Named[]
  readonly topics: readonly Named[]
  readonly authors: readonly Named[]
}

/** The surrogate keys of one article's answers: its own, its tags', topics' and authors'. */
export const articleSurrogateKeys = (article: KeyedArticle): string[] => [
  surrogateKey('article', article.id),
  ...article.tags.map(({ slug }) => surrogateKey('tag', slug)),
  ...article.topics.map(({ slug }) => surrogateKey('topic', slug)),
  ...article.authors.map(({ slug }) => surrogateKey('author', slug)),
]

/** Slugs by `<kind>/<name as it was asked for>`: `tag/Künstliche Intelligenz` → `ai`. */
export type SlugsOfNames = ReadonlyMap<string, string>

/**
 * The surrogate keys of a list: `articles` and its filters'; also `list`, when any article may enter it: because
 * nothing narrows it that a key stands for (dates and exclusions do not), or a name that narrows it is nobody's yet.
 *
 * @param slugs what the filter's names are called; without it, names are taken for slugs.
 */
export function listSurrogateKeys(filter: ArticleFilter, slugs?: SlugsOfNames): string[] {
  const named = (kind: 'tag' | 'topic' | 'author', names: readonly string[]): Condition => ({
    keys: names.map((name) => surrogateKey(kind, slugs?.get(`${kind}/${name}`) ?? name)),
    isKnown: names.every((name) => slugs?.has(`${kind}/${name}`) ?? isSlug(name)),
  })
  const exact = (kind: 'article' | 'source' | 'domain' | 'locale', names: readonly string[]): Condition => ({
    keys: names.map((name) => surrogateKey(kind, name)),
    isKnown: true,
  })
  const conditions = [
    ...(filter.ids === null ? [] : [exact('article', filter.ids)]),
    ...filter.tags.map((names) => named('tag', names)),
    ...filter.topics.map((names) => named('topic', names)),
    ...(filter.author === null ? [] : [named('author', [filter.author])]),
    ...(filter.source === null ? [] : [exact('source', [filter.source])]),
    ...(filter.sourceDomain === null ? [] : [exact('domain', [filter.sourceDomain])]),
    ...(filter.locale === null ? [] : [exact('locale', [filter.locale])]),
  ]
  // An article on the list meets every condition, so one whose keys are all known is enough to find the list by.
  const isNarrowed = conditions.some(({ isKnown }) => isKnown)
  return [ARTICLES_KEY, ...(isNarrowed ? [] : [ANY_LIST_KEY]), ...conditions.flatMap(({ keys }) => keys)]
}

/** One condition of a filter. */
interface Condition {
  readonly keys: readonly string[]
  /** Whether the keys are those that the articles carry which meet it. */
  readonly isKnown: boolean
}
