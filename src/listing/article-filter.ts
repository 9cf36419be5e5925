/** How articles stand, as lists are asked for it; `scheduled` is published at an instant that is still to come. */
export const listedStatuses = ['draft', 'review', 'scheduled', 'published', 'trashed'] as const
export type ListedStatus = (typeof listedStatuses)[number]

/** What `any` stands for. */
export const allButTrash = listedStatuses.filter((status) => status !== 'trashed')

/** Terms by slug, name or alias, one of which an article must have. */
export type AnyOf = readonly string[]

/** Which articles a list is of. Every condition must hold; an empty list or null is none. Instants are RFC 3339. */
export interface ArticleFilter {
  /** `published`: what readers see at the moment of the read, and nothing else. */
  readonly statuses: readonly ListedStatus[]
  readonly ids: readonly string[] | null
  readonly tags: readonly AnyOf[]
  readonly topics: readonly AnyOf[]
  readonly excludedTags: readonly string[]
  readonly excludedTopics: readonly string[]
  /** Slug or name. */
  readonly author: string | null
  /** BCP 47, canonical. */
  readonly locale: string | null
  /** Id of a source. */
  readonly source: string | null
  /** A registrable domain. */
  readonly sourceDomain: string | null
  /** Included. */
  readonly publishedAfter: string | null
  /** Not included. */
  readonly publishedBefore: string | null
  /** Included. */
  readonly updatedAfter: string | null
}

/** The filter of everything that readers see. */
export const publicArticles: ArticleFilter = {
  statuses: ['published'],
  ids: null,
  tags: [],
  topics: [],
  excludedTags: [],
  excludedTopics: [],
  author: null,
  locale: null,
  source: null,
  sourceDomain: null,
  publishedAfter: null,
  publishedBefore: null,
  updatedAfter: null,
}
