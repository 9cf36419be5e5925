/**
 * Prisma's schema engine as WebAssembly: compares the schema with a database where the engine's binary can't be
 * had. For development and tests; the server never loads it.
 */
import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils'
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import { migrate } from '#src/platform/db/migrations.ts'

/** A server on which databases may be created. */
export interface ServerConnection {
  host: string
  port: number
  user: string
  password: string
}

/** A database of that server. In parts: the adapter would take a connection string for another database's. */
export interface DatabaseConnection extends ServerConnection {
  database: string
}

/** Where a schema and its migrations are. */
export interface SchemaFiles {
  schemaFile: string
  migrationsDirectory: string
}

/** Those of this project. */
export const projectFiles: SchemaFiles = {
  schemaFile: fileURLToPath(new URL('../prisma/schema.prisma', import.meta.url)),
  migrationsDirectory: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
}

// Tables and enums that exist in migrations alone (`public.name`): a comparison leaves them out.
const filters: wasm.SchemaFilter = { externalTables: [], externalEnums: [] }

/**
 * What the schema has and the migrations don't, as the SQL of the next migration; null when they agree. Our own
 * runner applies the migrations in a new database, which is dropped again.
 *
 * The engine doesn't see, so migrations hold by hand: partial and expression indexes, INCLUDE, CHECK, triggers,
 * collations, storage parameters, deferrable constraints, sequences.
 *
 * @throws MigrationFailed when a migration can't be applied
 */
export async function compareMigrationsWithSchema(
  server: ServerConnection,
  files: SchemaFiles = projectFiles,
): Promise<string | null> {
  const schema = await readSchema(files)
  return useScratchDatabase(server, async (database) => {
    await migrate(database, { directory: files.migrationsDirectory })
    const { exitCode, stdout } = await useEngine(database, schema, (engine) =>
      engine.diff({
        // Without a url in the schema this is the database of the engine's adapter. `tag: 'migrations'` would
        // replay them through the adapter's executeScript, which splits at every `;`, also inside functions.
        from: { tag: 'schemaDatasource', files: [schema], configDir: '.' },
        to: { tag: 'schemaDatamodel', files: [schema] },
        script: true,
        exitCode: true,
        filters,
      }),
    )
    return exitCode === 0 ? null : stdout
  })
}

/**
 * What `prisma migrate status` would say of a database: `history` is null and both lists are empty when it holds
 * exactly the migrations on disk.
 */
export async function diagnoseMigrations(
  database: DatabaseConnection,
  files: SchemaFiles = projectFiles,
): Promise<wasm.DiagnoseMigrationHistoryOutput> {
  const schema = await readSchema(files)
  const migrationsList = await listMigrations(files)
  return useEngine(database, schema, (engine) =>
    engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters }),
  )
}

async function readSchema({ schemaFile }: SchemaFiles): Promise<wasm.SchemaContainer> {
  return { path: schemaFile, content: await readFile(schemaFile, 'utf8') }
}

async function listMigrations({ migrationsDirectory }: SchemaFiles): Promise<wasm.MigrationList> {
  const entries = await readdir(migrationsDirectory, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.toSorted().map(async (path): Promise<wasm.MigrationDirectory> => {
        const value = await readFile(join(migrationsDirectory, path, 'migration.sql'), 'utf8')
        return { path, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } }
      }),
    ),
  }
}

async function useScratchDatabase<Result>(
  server: ServerConnection,
  use: (database: DatabaseConnection) => Promise<Result>,
): Promise<Result> {
  const database = `masthead_scratch_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ ...server, database: 'postgres' })
  await admin.connect()
  try {
    await admin.query(`CREATE DATABASE ${database} TEMPLATE template0`)
    return await use({ ...server, database })
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
    await admin.end()
  }
}

async function useEngine<Result>(
  database: DatabaseConnection,
  schema: wasm.SchemaContainer,
  use: (engine: wasm.SchemaEngine) => Promise<Result>,
): Promise<Result> {
  instantiated ??= instantiate()
  await instantiated
  const adapters: SqlDriverAdapter[] = []
  const connect = async () => {
    const adapter = await connectAdapter(database)
    adapters.push(adapter)
    return adapter
  }
  const connectToShadowDb = () => Promise.reject(new Error('no shadow database: nothing here needs one'))
  const engine = await wasm.SchemaEngine.new(
    { datamodels: [[schema.path, schema.content]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory({
      provider: 'postgres',
      adapterName: '@prisma/adapter-pg',
      connect,
      connectToShadowDb,
    }),
  )
  try {
    return await use(engine)
  } finally {
    engine.free()
    // The engine leaves its connections open, and they would keep the process alive.
    await Promise.all(adapters.map((adapter) => adapter.dispose()))
  }
}

// TypeScript has WebAssembly's types only in its library for browsers.
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>
}

let instantiated: Promise<void> | undefined

async function instantiate(): Promise<void> {
  // The engine's panic hook calls this; without it a panic shows as an unrelated TypeError.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message(message: string) {
        process.stderr.write(`Prisma's schema engine panicked: ${message}\n`)
      },
    },
  })
  // The package doesn't export its .wasm: it is found beside the module that it does export.
  const glue = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(new URL('./schema_engine_bg.wasm', glue))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': wasm })
  wasm.__wbg_set_wasm(instance.exports)
  const { __wbindgen_start: start } = instance.exports
  if (typeof start === 'function') start()
}

/**
 * The adapter refuses columns of the type `"char"`, which the system catalogues are full of, and the engine wants
 * them as Character. So they pass the adapter as `bpchar`, and get their type back afterwards.
 */
async function connectAdapter(database: DatabaseConnection): Promise<SqlDriverAdapter> {
  const charOid = 18
  const bpcharOid = 1042
  const adapter = await new PrismaPg(database).connect()
  const pool = adapter.underlyingDriver()
  const charColumns = new WeakMap<unknown[][], number[]>()

  const query = pool.query as (config: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult>
  pool.query = (async (config: pg.QueryArrayConfig) => {
    const result = await query.call(pool, config)
    charColumns.set(result.rows, [])
    for (const [index, field] of result.fields.entries()) {
      if (field.dataTypeID !== charOid) continue
      field.dataTypeID = bpcharOid
      charColumns.get(result.rows)?.push(index)
    }
    return result
  }) as typeof pool.query

  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement)
    for (const index of charColumns.get(result.rows) ?? []) {
      result.columnTypes[index] = ColumnTypeEnum.Character
    }
    return result
  }
  return adapter
}
