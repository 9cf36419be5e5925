export { claimServer } from './claim-server.ts'
export { EmbeddedPostgresError, ServerRunning } from './errors.ts'
export {
  type EmbeddedConnection,
  type EmbeddedPostgres,
  openEmbeddedPostgres,
} from './open-embedded-postgres.ts'
