import type { ClientBase } from 'pg'

interface Definition {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/**
 * Takes from tables their foreign keys and the indexes that are no key, and gives what puts them back. Within a
 * transaction, which keeps everybody else out of the tables: so nobody ever sees them bare.
 */
export async function bareTables(
  client: ClientBase,
  tables: readonly string[],
): Promise<() => Promise<void>> {
  const keys = await client.query<Definition>(
    `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY($1::regclass[]) ORDER BY conname`,
    [tables],
  )
  const indexes = await client.query<Definition>(
    `SELECT indrelid::regclass::text AS table, indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
       FROM pg_index i WHERE indrelid = ANY($1::regclass[]) AND NOT indisprimary
        AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY 2`,
    [tables],
  )
  await inTurn(client, keys.rows, ({ table, name }) => `ALTER TABLE ${table} DROP CONSTRAINT ${name}`)
  await inTurn(client, indexes.rows, ({ name }) => `DROP INDEX ${name}`)
  return async () => {
    await inTurn(client, indexes.rows, ({ definition }) => definition)
    await inTurn(
      client,
      keys.rows,
      ({ table, name, definition }) => `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`,
    )
  }
}

async function inTurn(
  client: ClientBase,
  definitions: readonly Definition[],
  statement: (definition: Definition) => string,
): Promise<void> {
  if (definitions.length > 0) await client.query(definitions.map(statement).join(';\n'))
}
