import { z } from 'zod'
import { type citationFields, citationTypes, normalizeLabel } from '#src/content/citations/citations.ts'
import { limits } from '#src/content/limits.ts'
import { list, text } from '#src/platform/http/zod-types.ts'

/** As many as an article may have: notes, and citations without one. */
const MOST_CITATIONS = 2 * limits.citations

/** How far the newsroom trusts what a domain publishes. */
export const SourceTier = z.enum(['primary', 'secondary', 'blocked', 'unknown']).meta({
  id: 'SourceTier',
  description:
    'How far the newsroom trusts what a domain publishes. `primary`: it speaks for itself (laws, court files, statistics, papers, a company’s own reports). `secondary`: it reports what others say or did (newspapers, agencies, encyclopedias). `blocked`: not to be cited. `unknown`: nobody has said yet.',
})

/** What the fields of a citation are, for those who read and those who write them. */
const about = {
  title: 'Of the cited work.',
  url: 'As written; `source.url` is its canonical form.',
  archiveUrl: 'A copy of it in an archive, such as web.archive.org.',
  doi: 'Without an address before it, such as `10.1000/182`.',
  isbn: 'Ten or thirteen digits.',
  arxiv: 'Such as `1706.03762`.',
  publisher: 'Who published it: an outlet, an organisation, a publishing house.',
  containerTitle: 'What it is part of: a journal, a newspaper, a book.',
  authors: 'Names as they are written, in their order.',
  publishedOn: 'When it was published: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, the precision that was written.',
  accessedOn: 'When the author looked at it, likewise.',
  type: 'A CSL 1.0.2 item type; null for a remark that cites nothing.',
} as const satisfies Record<(typeof citationFields)[number], string>

const told = (field: keyof typeof about) => z.string().nullable().meta({ description: about[field] })

const CitedSource = z
  .object({
    id: z.uuid().meta({ description: 'For `GET /v1/sources/{id}` and `?source=` of lists.' }),
    url: z.string().meta({
      description:
        'The source’s address in its canonical form, the same however it is cited; `url` of the citation is as it was written.',
    }),
    domain: z.string().meta({
      description:
        'Its registrable domain, such as `36kr.com`; of a host that has none, such as an IP address, the host.',
    }),
    tier: SourceTier,
  })
  .meta({ id: 'CitedSource', description: 'What a citation leads to.' })

/** A reference of an article. */
export const Citation = z
  .object({
    label: z.string().meta({ description: 'The footnote’s label, `1` of `[^1]`; unique in the article.' }),
    ordinal: z
      .int()
      .nullable()
      .meta({ description: 'Order of first reference in the text, from 1; null when nothing refers to it.' }),
    text: z.string().meta({
      description: 'The note as plain text; without a note its own text, or one made of the fields.',
    }),
    html: z
      .string()
      .meta({ description: 'The note as html, sanitised, with its links: safe to put into a page.' }),
    title: told('title'),
    url: told('url'),
    archiveUrl: told('archiveUrl'),
    doi: told('doi'),
    isbn: told('isbn'),
    arxiv: told('arxiv'),
    publisher: told('publisher'),
    containerTitle: told('containerTitle'),
    authors: z.array(z.string()).meta({ description: about.authors }),
    publishedOn: told('publishedOn'),
    accessedOn: told('accessedOn'),
    type: told('type'),
    source: CitedSource.nullable().meta({
      description: 'What `url` leads to, shared by all who cite it; null without an http(s) address.',
    }),
    referenceCount: z.int().meta({ description: 'How often the text refers to it.' }),
    explicit: z
      .array(z.string())
      .meta({ description: 'Names of the fields that were set by hand: they win over what the note says.' }),
  })
  .meta({ id: 'Citation', description: 'A reference of an article: a footnote, or set by hand.' })
export type Citation = z.infer<typeof Citation>

/** Known, so that what was read can be sent back. */
const readOnly = z
  .unknown()
  .optional()
  .meta({ readOnly: true, description: 'Read-only: taken with its present value, refused with another.' })
// What a note says may be longer than what can be set by hand, and must come back: `explicitFields` tells them apart,
// and the reader of front matter holds what is explicit to its limits.
const field = (name: keyof typeof about) =>
  text(limits.body).nullable().optional().meta({ description: about[name] })
const partialDate = (name: 'publishedOn' | 'accessedOn') =>
  z
    .string()
    .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, {
      error: 'Not a date: YYYY, YYYY-MM or YYYY-MM-DD.',
    })
    .refine(isCalendarDate, { error: 'There is no such day.' })
    .nullable()
    .optional()
    .meta({ description: about[name] })

/** A citation that comes in: what it sets wins over what is read from the footnote with its label. */
const CitationInput = z
  .strictObject({
    label: text(limits.body, 1).meta({
      description:
        'That of a footnote, which it then completes; or a new one: a citation without a footnote.',
    }),
    text: text(limits.body).optional().meta({ description: 'Of a citation without a footnote.' }),
    title: field('title'),
    url: field('url'),
    archiveUrl: field('archiveUrl'),
    doi: field('doi'),
    isbn: field('isbn'),
    arxiv: field('arxiv'),
    publisher: field('publisher'),
    containerTitle: field('containerTitle'),
    authors: list(text(limits.body, 1), limits.citationAuthors)
      .optional()
      .meta({ description: `${about.authors} \`[]\`: deliberately none.` }),
    publishedOn: partialDate('publishedOn'),
    accessedOn: partialDate('accessedOn'),
    type: z.enum(citationTypes).nullable().optional().meta({ description: about.type }),
    ordinal: readOnly,
    html: readOnly,
    source: readOnly,
    referenceCount: readOnly,
    explicit: readOnly,
  })
  .meta({
    id: 'CitationInput',
    description:
      'What is said of a citation by hand: a field that is set wins over what its footnote says, `null` means deliberately none, and one that is left out is read from the footnote.',
  })

/** The citations of an article that come in, each label once. */
export const CitationInputs = list(CitationInput, MOST_CITATIONS).superRefine((citations, context) => {
  const seen = new Set<string>()
  for (const [index, { label }] of citations.entries()) {
    const key = normalizeLabel(label)
    if (seen.has(key)) {
      const message = `The label "${label.slice(0, limits.citationLabel)}" is given twice: keep one of them.`
      context.addIssue({
        code: 'custom',
        path: [index, 'label'],
        message,
        params: { code: 'duplicate_label' },
      })
    }
    seen.add(key)
  }
})

/** Whether a date of whatever precision is in the calendar: 2015-02-30 is not. */
function isCalendarDate(date: string): boolean {
  if (date.length < 10) return true
  const time = Date.parse(`${date}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(date)
}
