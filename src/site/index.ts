export {
  type AddressedArticle,
  type ArticlePlace,
  articlePath,
  articlePlaces,
  articleUrl,
  articleUrlHasMonth,
  canonicalUrl,
  isPlaceOf,
  type PlacedArticle,
  shownTarget,
} from './article-address.ts'
export { pathVariants, sitePath } from './site-path.ts'
