import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type CitationField, citationFields, citationTypes } from '#src/content/citations/citations.ts'

const text = z.string().min(1).nullable()
const date = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
  .nullable()

/** A note as a newsroom writes it, and what README.md's rules make of it. */
const GoldCitation = z.strictObject({
  id: z.int().positive(),
  outlet: z.string().min(1),
  language: z.enum(['zh', 'en']),
  /** The note as it stands after `[^1]: `. */
  markdown: z.string().min(1),
  expected: z.strictObject({
    title: text,
    url: text,
    archiveUrl: text,
    doi: text,
    isbn: text,
    arxiv: text,
    publisher: text,
    containerTitle: text,
    authors: z.array(z.string().min(1)),
    publishedOn: date,
    accessedOn: date,
    type: z.enum(citationTypes).nullable(),
  } satisfies Record<CitationField, z.ZodType>),
  /** The fields in which null (`[]`) is as right as the label. */
  cantTell: z.array(z.enum(citationFields)),
})
export type GoldCitation = z.infer<typeof GoldCitation>

/** The whole gold set, in order of `id`. @throws ZodError when an entry does not have the shape of the set */
export function readGoldCitations(): GoldCitation[] {
  return readCitations('./citations.json')
}

/**
 * The notes that were labelled after the parser was written and that no parser was tuned by, in order of `id`.
 * @throws ZodError when an entry does not have the shape of the set
 */
export function readFreshCitations(): GoldCitation[] {
  return readCitations('./fresh-citations.json')
}

function readCitations(file: string): GoldCitation[] {
  return z.array(GoldCitation).parse(JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')))
}

/** Every third entry: the ones that nobody looks at while a parser is tuned. */
export function isHeldOut({ id }: Pick<GoldCitation, 'id'>): boolean {
  return id % 3 === 0
}
