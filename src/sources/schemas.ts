import { z } from 'zod'
import { articleFilterParameters } from '#src/articles/index.ts'
import { Citation, SourceTier } from '#src/citations/index.ts'
import { query, queryLimit, queryText } from '#src/platform/http/zod-types.ts'

/** Something that articles cite: one for each canonical url. */
export const Source = z
  .object({
    id: z.uuid(),
    url: z.string().meta({ description: 'Canonical.' }),
    domain: z.string().meta({ description: 'Registrable domain; of other hosts (an IP address) the host.' }),
    tier: SourceTier,
    title: z.string().nullable().meta({ description: 'As the newest citation of it gives it.' }),
    citationCount: z.int().meta({ description: 'In articles that the asker may see.' }),
    articleCount: z.int().meta({ description: 'That the asker may see.' }),
  })
  .meta({ id: 'Source', description: 'Something that articles cite: one for each canonical url.' })
export type Source = z.infer<typeof Source>

/** A domain of sources. */
export const SourceDomain = z
  .object({
    domain: z.string(),
    tier: SourceTier,
    sourceCount: z.int().meta({ description: 'Cited by articles that the asker may see.' }),
    articleCount: z.int().meta({ description: 'That the asker may see.' }),
  })
  .meta({ id: 'SourceDomain', description: 'A registrable domain of sources, and how far it is trusted.' })
export type SourceDomain = z.infer<typeof SourceDomain>

/** What can be set of a domain. */
export const SourceDomainPatch = z
  .strictObject({ tier: SourceTier })
  .meta({ id: 'SourceDomainPatch', description: 'What can be set of a domain.' })

const CitingArticle = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    locale: z.string(),
    title: z.string(),
    publishedAt: z.iso.datetime().nullable(),
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

const cursor = queryText(2_000)
  .optional()
  .meta({ description: '`page.next` or `page.prev` of another answer.' })
const page = { limit: queryLimit({ max: 100, default: 20 }), cursor }

export const SourceListQuery = query({
  ...page,
  domain: queryText(300).optional().meta({ description: 'A registrable domain.' }),
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
  .meta({ description: 'Wins over `Accept`.' })

export const CitationListQuery = query({
  ...page,
  ...articleFilterParameters,
  format: CitationFormat,
})
export type CitationListQuery = z.infer<typeof CitationListQuery>
