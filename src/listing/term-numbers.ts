import type { ArticleStatus } from '#src/generated/prisma/enums.ts'

/**
 * What an article can be listed by is a number in `listing.terms`. Tags, topics, authors, locales, source domains and
 * sources have positive ones, from one sequence (`term_id`); those here are computed, and need no look-up.
 */
const STATUS = { draft: -1, review: -2, published: -3 } as const

/** In the trash, whatever its status was. */
export const TRASHED = -4

/** Was published until an instant that has come: in no count, and to be found in the list of everything alone. */
export const EXPIRED = -5

/** Has citations. */
export const HAS_CITATIONS = -8

/** Cites more than an index row can hold: its sources and their domains are in `citation` alone. */
export const SOURCES_ELSEWHERE = -9

/** The number of a stored status. */
export const statusTerm = (status: ArticleStatus): number => STATUS[status]

/** The number of a year, in UTC. */
export const yearTerm = (year: number): number => -(10_000 + year)

/** The number of a month as readers see it, in the site's time zone. */
export const monthTerm = (year: number, month: number): number => -(1_000_000 + year * 100 + month)

/** The month of such a number, as `YYYY-MM`; null for another number. */
export function monthOfTerm(term: number): string | null {
  if (term > -1_000_000) return null
  const month = -term - 1_000_000
  return `${String(Math.floor(month / 100)).padStart(4, '0')}-${String(month % 100).padStart(2, '0')}`
}

/** What is published, now or at a date to come. */
export const publishedTerm = STATUS.published

/** The SQL condition on a row of the listing, published by its terms, that readers see it at the moment of the read. */
export const isListedNow = (row: string): string =>
  `(${row}.published_at <= statement_timestamp() AND ${row}.unpublish_at > statement_timestamp())`

/** The month of an instant, in UTC: months since the beginning of the year 0, as `term_month` has them. */
export const monthOf = (instant: Date): number => instant.getUTCFullYear() * 12 + instant.getUTCMonth()

/** When such a month begins, RFC 3339; null beyond the years that can be written so. */
export function beginOfMonth(month: number): string | null {
  const year = Math.floor(month / 12)
  if (year < 1 || year > 9999) return null
  return `${String(year).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01T00:00:00Z`
}
