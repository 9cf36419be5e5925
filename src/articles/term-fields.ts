/** Under which field an article names its terms of a kind, in JSON and in front matter. */
export const TERM_FIELDS = { tag: 'tags', topic: 'topics', author: 'authors' } as const
