import { z } from 'zod'
import { articleFilterParameters, cursorWords } from '#src/articles/index.ts'
import { reasonParameter } from '#src/audit/index.ts'
import { Citation, citedDomain, domainWords, SourceTier } from '#src/citations/index.ts'
import { query, queryLimit, queryText } from '#src/platform/http/zod-types.ts'

/** Something that articles cite: one for each canonical url. */
export const Source = z
  .object({
    id: z.uuid().meta({ description: 'For `GET /v1/sources/{id}` and `?source=` of lists.' }),
    url: z.string().meta({ description: 'Its address in canonical form, the same however it is cited.' }),
    domain: z.string().meta({
      description:
        'Its registrable domain, such as `36kr.com`; of a host that has none, such as an IP address, the host.',
    }),
    tier: SourceTier,
    title: z.string().nullable().meta({ description: 'As the newest citation of it gives it.' }),
    citationCount: z
      .int()
      .meta({ description: 'How many citations of it there are, in articles that you may see.' }),
    articleCount: z.int().meta({ description: 'How many articles cite it, of those that you may see.' }),
  })
  .meta({ id: 'Source', description: 'Something that articles cite: one for each canonical url.' })
export type Source = z.infer<typeof Source>

/** A domain of sources. */
export const SourceDomain = z
  .object({
    domain: z.string().meta({ description: 'A registrable domain, such as `36kr.com`.' }),
    tier: SourceTier,
    sourceCount: z
      .int()
      .meta({ description: 'How many of its sources are cited by articles that you may see.' }),
    articleCount: z
      .int()
      .meta({ description: 'How many articles cite any of them, of those that you may see.' }),
  })
  .meta({ id: 'SourceDomain', description: 'A registrable domain of sources, and how far it is trusted.' })
export type SourceDomain = z.infer<typeof SourceDomain>

export const DomainWriteQuery = query({
  reason: reasonParameter,
})

/** What can be set of a domain. */
export const SourceDomainPatch = z
  .strictObject({ tier: SourceTier })
  .meta({ id: 'SourceDomainPatch', description: 'What can be set of a domain.' })

const CitingArticle = z
  .object({
    id: z.uuid().meta({ description: 'Id of the article.' }),
    slug: z.string().meta({ description: 'Unique in its locale.' }),
    locale: z.string().meta({ description: 'BCP 47 language tag.' }),
    title: z.string().meta({ description: 'Plain text.' }),
    publishedAt: z.iso.datetime().nullable().meta({ description: 'RFC 3339, UTC.' }),
  })
  .meta({ id: 'CitingArticle', description: 'The article that a citation is in.' })

/** A citation in a list over all articles. */
export const CitingCitation = z
  .object({
    ...Citation.shape,
    article: CitingArticle,
  })
  .meta({ id: 'CitingCitation', description: 'A citation, and the article that it is in.' })
export type CitingCitation = z.infer<typeof CitingCitation>

const cursor = queryText(2_000).optional()
const page = {
  limit: queryLimit({ max: 100, default: 20 }),
  cursor: cursor.meta({
    description: '`page.next` or `page.prev` of another answer, to be sent with the filters that this had.',
  }),
}

export const SourceListQuery = query({
  ...page,
  domain: citedDomain.optional().meta({ description: `Only sources of this domain. ${domainWords}` }),
  tier: SourceTier.optional().meta({ description: 'Only of domains with this tier.' }),
  sort: z
    .enum(['-citations'])
    .optional()
    .meta({ default: '-citations', description: 'Most cited first: the one order there is.' }),
})
export type SourceListQuery = z.infer<typeof SourceListQuery>

export const DomainListQuery = query({
  ...page,
  tier: SourceTier.optional().meta({ description: 'Only domains with this tier.' }),
})
export type DomainListQuery = z.infer<typeof DomainListQuery>

/** The formats in which citations are given. */
export const CitationFormat = z
  .enum(['json', 'csl-json', 'bibtex', 'ris'])
  .optional()
  .meta({ description: 'The type of the answer; wins over `Accept`.' })

export const CitationListQuery = query({
  ...page,
  cursor: cursor.meta({ description: cursorWords }),
  ...articleFilterParameters,
  format: CitationFormat,
})
export type CitationListQuery = z.infer<typeof CitationListQuery>
