/**
 * A slug that a term had goes on leading to it: it is kept among the term's aliases, under a key that no name can
 * have, since normalised names are in lower case. A merge moves it with the names; a new slug is never made of it.
 */
export const FORMER_SLUG = 'SLUG '

/** The key of a former slug among the aliases. */
export const formerSlug = (slug: string): string => FORMER_SLUG + slug

/**
 * The SQL of the id of the term with a slug, else with this name or alias, else the one that had the slug before.
 * `slug` and `norm` are SQL of texts: as it was asked for, and normalised as names are.
 */
export const termIdByName = (
  kind: 'tag' | 'topic' | 'author',
  slug: string,
  norm: string,
): string => `coalesce(
  (SELECT id FROM ${kind} WHERE slug = ${slug}),
  (SELECT ${kind}_id FROM ${kind}_alias WHERE norm = ${norm}),
  (SELECT ${kind}_id FROM ${kind}_alias WHERE norm = '${FORMER_SLUG}' || ${slug}))`
