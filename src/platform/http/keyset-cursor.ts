import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { Page } from './collection.ts'

/** 400. The cursor is none of ours, or belongs to another list. */
const invalidCursor = () =>
  new AppError('invalid_cursor', 400, 'The cursor is not one that this list gave. Begin without one.', {
    errors: [
      {
        in: 'query',
        path: 'cursor',
        code: 'invalid_cursor',
        message:
          'Not a cursor of this list: use "page.next" or "page.prev" of one of its answers, unchanged.',
      },
    ],
  })

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

/**
 * The pages of the list `name`, whose sort key has the shape `Key`. Cursors are opaque to clients: base64url of JSON.
 * A cursor of another list, or of the same list asked otherwise (another `name`), is refused.
 */
export function keysetPages<Row, Key>(
  name: string,
  Key: z.ZodType<Key>,
  keyOf: (row: Row) => Key,
): KeysetPages<Row, Key> {
  const Cursor = z.tuple([z.literal(name), z.enum(['after', 'before']), Key])
  const cursor = (side: 'after' | 'before', row: Row | undefined) =>
    row === undefined ? null : Buffer.from(JSON.stringify([name, side, keyOf(row)])).toString('base64url')
  return {
    position(text) {
      if (text === undefined) return null
      try {
        const bytes = Buffer.from(text, 'base64url')
        // What the decoder passes over in silence was never written by us.
        if (bytes.toString('base64url') !== text) throw new Error('not base64url')
        const [, side, key] = Cursor.parse(JSON.parse(bytes.toString()))
        return { side, key }
      } catch {
        throw invalidCursor()
      }
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
