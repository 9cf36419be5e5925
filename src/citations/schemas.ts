import { z } from 'zod'
import { citationFields, citationTypes } from '#src/content/citations/citations.ts'
import { limits } from '#src/content/limits.ts'
import { list, text } from '#src/platform/http/zod-types.ts'

const PartialDate = z
  .string()
  .meta({ description: '`YYYY`, `YYYY-MM` or `YYYY-MM-DD`: the precision that was written.' })

/** A reference of an article. */
export const Citation = z
  .object({
    label: z.string().meta({ description: 'The footnote’s label; unique in the article.' }),
    ordinal: z
      .int()
      .nullable()
      .meta({ description: 'Order of first reference in the text, from 1; null when nothing refers to it.' }),
    text: z.string().meta({ description: 'The note as plain text.' }),
    html: z.string(),
    title: z.string().nullable(),
    url: z.string().nullable().meta({ description: 'As written.' }),
    archiveUrl: z.string().nullable(),
    doi: z.string().nullable(),
    isbn: z.string().nullable(),
    arxiv: z.string().nullable(),
    publisher: z.string().nullable(),
    containerTitle: z.string().nullable(),
    authors: z.array(z.string()),
    publishedOn: PartialDate.nullable(),
    accessedOn: PartialDate.nullable(),
    type: z.string().nullable().meta({ description: 'A CSL 1.0.2 item type.' }),
    source: z
      .object({
        id: z.uuid(),
        url: z.string().meta({ description: 'Canonical: the same for all who cite it.' }),
        domain: z.string().meta({ description: 'Registrable domain.' }),
        tier: z.enum(['primary', 'secondary', 'blocked', 'unknown']),
      })
      .nullable(),
    referenceCount: z.int(),
    explicit: z.array(z.string()).meta({ description: 'Names of the fields that were set by hand.' }),
  })
  .meta({ id: 'Citation', description: 'A reference of an article: a footnote, or set by hand.' })
export type Citation = z.infer<typeof Citation>

/** Known, so that what was read can be sent back. */
const readOnly = z
  .unknown()
  .optional()
  .meta({ readOnly: true, description: 'Read-only: taken with its present value, refused with another.' })
const field = text(limits.citationField).nullable().optional()
const isbn = text(20).nullable().optional()
const partialDate = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, {
    error: 'Not a date: YYYY, YYYY-MM or YYYY-MM-DD.',
  })
  .refine(isCalendarDate, { error: 'There is no such day.' })
  .nullable()
  .optional()

/** A citation that comes in: what it sets wins over what is read from the footnote with its label. */
export const CitationInput = z
  .strictObject({
    label: text(limits.citationLabel, 1),
    text: text(limits.citationText).optional(),
    title: field,
    url: field,
    archiveUrl: field,
    doi: field,
    isbn,
    arxiv: field,
    publisher: field,
    containerTitle: field,
    authors: list(text(500, 1), limits.citationAuthors).optional(),
    publishedOn: partialDate,
    accessedOn: partialDate,
    type: z.enum(citationTypes).nullable().optional(),
    ordinal: readOnly,
    html: readOnly,
    source: readOnly,
    referenceCount: readOnly,
    explicit: readOnly,
  })
  .meta({
    id: 'CitationInput',
    description: `Sets fields of a citation by hand (${citationFields.join(', ')}); null: deliberately none.`,
  })
export type CitationInput = z.infer<typeof CitationInput>

/** Whether a date of whatever precision is in the calendar: 2015-02-30 is not. */
function isCalendarDate(date: string): boolean {
  if (date.length < 10) return true
  const time = Date.parse(`${date}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(date)
}
