/**
 * A slug that a term had goes on leading to it: it is kept among the term's aliases, under a key that no name can
 * have, since normalised names are in lower case. A merge moves it with the names; a new slug is never made of it.
 */
export const FORMER_SLUG = 'SLUG '

/** The key of a former slug among the aliases. */
export const formerSlug = (slug: string): string => FORMER_SLUG + slug
