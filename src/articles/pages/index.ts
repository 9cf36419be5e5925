export { articlePage } from './article-page.ts'
export { ARTICLE_PAGE_POLICY } from './article-style.ts'
export { type PageSite, pageSite } from './page-site.ts'
