export {
  type ArticleFilter,
  allButTrash,
  type ListedStatus,
  listedStatuses,
  publicArticles,
} from './article-filter.ts'
export { type Counts, type FacetName, facetNames, publicCount } from './count-listed.ts'
export { type Counter, createCounter } from './counter.ts'
export { listStatement, type Place, runListStatement, type Sort } from './find-listed.ts'
export { FORMER_SLUG, formerSlug } from './former-slug.ts'
export { keepCounts, RECOUNT, recount } from './keep-counts.ts'
export type { Values } from './listing-sql.ts'
export { findNextChange, nextChange } from './next-change.ts'
export { removeListing } from './remove-listing.ts'
export { replaceTerm } from './replace-term.ts'
export { type ResolvedTerms, resolveTerms } from './resolve-filter.ts'
export { type ListedArticle, saveListing } from './save-listing.ts'
export { holdTaxonomy, shareTaxonomy } from './taxonomy-lock.ts'
export { HAS_CITATIONS, isListedNow, publishedTerm } from './term-numbers.ts'
