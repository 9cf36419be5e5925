export { createMetrics } from './registry.ts'
export { measureRequests, metricsRoutes } from './routes.ts'
