export { feedRoutes } from './routes.ts'
export { sitemapRoutes } from './sitemap-routes.ts'
