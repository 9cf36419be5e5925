/** What is told to feed readers, whatever the format. */
export interface Feed {
  /** What stays the same from page to page (RFC 4287 §4.2.6, RFC 5005 §3): an address. */
  readonly id: string
  readonly title: string
  /** BCP 47; an item whose language is another one says so. */
  readonly language: string
  /** Who stands behind what has no author. */
  readonly publisher: string
  /** The readers' site. */
  readonly siteUrl: string
  /** Where this feed, this page of it, is. */
  readonly selfUrl: string
  /** Older items (RFC 5005 §3); null when there are none. */
  readonly nextUrl: string | null
  readonly items: readonly FeedItem[]
}

/** One article in a feed. Urls are absolute. */
export interface FeedItem {
  /** A UUID: what stays when title, slug and address change. */
  readonly id: string
  readonly url: string
  readonly title: string
  /** BCP 47. */
  readonly language: string
  /** Plain text. */
  readonly summary: string
  /** The whole text, for a feed that gives it; null in one of summaries. */
  readonly html: string | null
  readonly publishedAt: Date
  /** The last change that matters to readers. */
  readonly updatedAt: Date
  readonly authors: readonly string[]
  readonly categories: readonly FeedCategory[]
  readonly image: FeedImage | null
}

/** A tag or a topic of an article. */
export interface FeedCategory {
  readonly slug: string
  readonly name: string
}

/** The picture that stands for an article. */
export interface FeedImage {
  readonly url: string
  readonly alt: string | null
  readonly credit: string | null
  /** Pixels. */
  readonly width: number | null
  /** Pixels. */
  readonly height: number | null
}

/** The id of an article in every format: it survives a change of address (RFC 9562 §4). */
export const itemId = ({ id }: FeedItem): string => `urn:uuid:${id}`

/** When the newest change of a feed was: that of its items; the beginning of time for one without. */
export const feedUpdatedAt = ({ items }: Feed): Date =>
  new Date(Math.max(0, ...items.map(({ updatedAt }) => updatedAt.getTime())))
