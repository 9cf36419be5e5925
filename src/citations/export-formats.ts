import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type BibliographicItem, bibtex, cslJson, ris } from '#src/content/export/index.ts'
import { type Cacheability, sendRepresentation } from '#src/platform/http/conditional.ts'
import bibtexExample from './examples/bibtex.json' with { type: 'json' }
import cslExample from './examples/csl-json.json' with { type: 'json' }
import risExample from './examples/ris.json' with { type: 'json' }

/** The media types of reference managers, by the name that `?format=` gives them. */
export const exportTypes = {
  'csl-json': 'application/vnd.citationstyles.csl+json',
  bibtex: 'application/x-bibtex',
  ris: 'application/x-research-info-systems',
} as const
export type ExportType = (typeof exportTypes)[keyof typeof exportTypes]

/** Those types as an operation declares them. */
export const exportContent = {
  [exportTypes['csl-json']]: {
    schema: z.array(z.looseObject({ id: z.string(), type: z.string() })),
    example: cslExample,
  },
  [exportTypes.bibtex]: { schema: z.string(), example: bibtexExample },
  [exportTypes.ris]: { schema: z.string(), example: risExample },
}

const writers: Record<ExportType, (items: readonly BibliographicItem[]) => string> = {
  [exportTypes['csl-json']]: (items) => JSON.stringify(cslJson(items)),
  [exportTypes.bibtex]: bibtex,
  [exportTypes.ris]: ris,
}

/** Answers with works for a reference manager. `about.revision`: of the article whose works they are. */
export function sendItems(
  request: FastifyRequest,
  reply: FastifyReply,
  type: ExportType,
  items: readonly BibliographicItem[],
  about: Cacheability & { revision?: number } = {},
): FastifyReply {
  return sendRepresentation(request, reply, {
    ...about,
    body: writers[type](items),
    contentType: `${type}; charset=utf-8`,
  })
}
