import { hash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { Page } from './collection.ts'

const cursorRefused = (detail: string, message: string) =>
  new AppError('invalid_cursor', 400, detail, {
    errors: [{ in: 'query', path: 'cursor', code: 'invalid_cursor', message }],
  })

/** 400. The cursor is none of ours, or belongs to another list. */
const invalidCursor = () =>
  cursorRefused(
    'The cursor is not one that this list gave. Begin without one.',
    'Not a cursor of this list: use "page.next" or "page.prev" of one of its answers, unchanged.',
  )

/** 400. The cursor is one of this list, asked otherwise. */
const otherQuery = () =>
  cursorRefused(
    'The filter or the sort has changed since this cursor was given. Begin the new list without one.',
    'Of the same list with another filter or sort: a cursor goes with the query that gave it, its names spelled alike ("ai" and "AI" are two); only "limit" and what is shown of each item may change.',
  )

/** Parts of sort keys, no wider than the columns that they are compared with: cursors may be forged. */
export const cursorKey = {
  integer: z.int32(),
  text: z
    .string()
    .max(2_000)
    .regex(/^[^\0]*$/),
  instant: z.iso.datetime().refine((time) => time >= '0001'),
  id: z.uuid(),
}

/** A place in a list: next to the row with this key, and to which side of it the page lies. */
export interface Position<Key> {
  readonly side: 'after' | 'before'
  readonly key: Key
}

/** The pages of one list by keyset: no page is slower than the first, and rows that come and go shift none. */
export interface KeysetPages<Row, Key> {
  /** Where the page begins; null without a cursor. @throws AppError `invalid_cursor` */
  position(cursor: string | undefined): Position<Key> | null
  /**
   * Cuts a page out of up to `limit + 1` rows that were read from `position` on, in reading order
   * (for a page before its position: backwards).
   */
  page(rows: readonly Row[], limit: number, position: Position<Key> | null): { rows: Row[]; page: Page }
}

/** The name of a list that is asked in many ways: `articles`, and a hash of how. */
export const queriedList = (list: string, query: unknown): string =>
  `${list}:${hash('sha256', JSON.stringify(query), 'base64url').slice(0, 22)}`

/**
 * The pages of the list `name`, whose sort key has the shape `Key`. Cursors are opaque to clients: base64url of JSON.
 * A cursor of another list is refused, and one of the same list asked otherwise: where names are alike up to a colon
 * ({@link queriedList}), with words of its own.
 */
export function keysetPages<Row, Key>(
  name: string,
  Key: z.ZodType<Key>,
  keyOf: (row: Row) => Key,
): KeysetPages<Row, Key> {
  const isOfOtherQuery = (given: unknown) =>
    Array.isArray(given) &&
    typeof given[0] === 'string' &&
    given[0] !== name &&
    given[0].startsWith(`${name.split(':', 1)[0]}:`)
  const cursor = (side: 'after' | 'before', row: Row | undefined) =>
    row === undefined ? null : Buffer.from(JSON.stringify([name, side, keyOf(row)])).toString('base64url')
  return {
    position(text) {
      if (text === undefined) return null
      // Only here: most pages are asked for without one, and a schema takes as long to make as an article to send.
      const Cursor = z.tuple([z.literal(name), z.enum(['after', 'before']), Key])
      const given = decodedCursor(text)
      const read = Cursor.safeParse(given)
      if (!read.success) throw isOfOtherQuery(given) ? otherQuery() : invalidCursor()
      const [, side, key] = read.data
      return { side, key }
    },
    page(found, limit, position) {
      const hasMore = found.length > limit
      const isBackward = position?.side === 'before'
      const rows = isBackward ? found.slice(0, limit).reverse() : found.slice(0, limit)
      const hasNext = isBackward || hasMore
      const hasPrev = isBackward ? hasMore : position !== null
      return {
        rows,
        page: {
          limit,
          next: hasNext ? cursor('after', rows.at(-1)) : null,
          prev: hasPrev ? cursor('before', rows[0]) : null,
        },
      }
    },
  }
}

/** What a cursor says; undefined for what was never written by us: the decoder passes over strange characters. */
function decodedCursor(text: string): unknown {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) return undefined
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}
