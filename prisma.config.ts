import process from 'node:process'
import { defineConfig } from 'prisma/config'

// `prisma generate` wants the schema engine's binary to exist, and never runs it. Its download is blocked on
// many networks, so any executable will do. `prisma migrate` does need the real one: where it can be had, name
// it in this variable. We apply migrations ourselves (src/platform/db/migrations.ts) and write them with the
// WebAssembly engine (scripts/migration.ts).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

const url = process.env.DATABASE_URL

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(url ? { datasource: { url } } : {}),
})
