export { createKeyByHand, keyTable, revokeKeyByHand } from './command-line.ts'
export { keyRoutes } from './routes.ts'
