export { citationRoutes } from './citation-routes.ts'
export { sourceRoutes } from './routes.ts'
