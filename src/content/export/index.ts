/** Citations and articles in the formats of reference managers and search engines. Pure; loads no renderer. */
export { articlePicture, type Picture } from './article-picture.ts'
export * from './bibliographic-item.ts'
export { bibtex } from './bibtex.ts'
export { type CslDate, cslJson } from './csl-json.ts'
export { type DescribedArticle, newsArticle } from './json-ld.ts'
export { publicAddress } from './public-address.ts'
export { ris } from './ris.ts'
export type { Thing } from './schema-org.ts'
