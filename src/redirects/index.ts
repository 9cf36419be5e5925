export { forgetRedirects, rememberSlug, saveAliases } from './keep-redirects.ts'
export { findOldSlug, takenSlugs } from './queries.ts'
export { redirectRoutes } from './routes.ts'
