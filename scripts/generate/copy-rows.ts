import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** A value of a row; lists are arrays of the database, what is an object is JSON. */
export type Value = string | number | boolean | null | Date | Buffer | Json | readonly (string | number)[]

/** A value that is stored as JSON, a list too. */
export class Json {
  readonly value: unknown

  constructor(value: unknown) {
    this.value = value
  }
}

/** Rows on their way into a table. */
export interface TableRows {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Value[])[]
}

/** A piece that is sent at once: large enough to be worth a system call, small enough to be held. */
const PIECE_CHARACTERS = 1 << 18

/** Sends rows by COPY: twenty times as fast as INSERT. */
export async function copyRows(client: ClientBase, { table, columns, rows }: TableRows): Promise<void> {
  if (rows.length === 0) return
  const stream = client.query(
    copyFrom(`COPY "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) FROM STDIN`),
  )
  let piece = ''
  for (const row of rows) {
    piece += `${row.map(copyText).join('\t')}\n`
    if (piece.length < PIECE_CHARACTERS) continue
    if (!stream.write(piece)) await once(stream, 'drain')
    piece = ''
  }
  stream.end(piece)
  await finished(stream)
}

/** A value in COPY's text format (PostgreSQL's manual, COPY, "Text Format"). */
function copyText(value: Value): string {
  if (value === null) return '\\N'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (typeof value === 'string') return escaped(value)
  if (value instanceof Date) return value.toISOString()
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  if (value instanceof Json) return escaped(JSON.stringify(value.value))
  return `{${(value as readonly (string | number)[]).join(',')}}`
}

const special = /[\\\n\r\t]/g
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escaped = (text: string) => text.replace(special, (character) => escapes[character] ?? '')
