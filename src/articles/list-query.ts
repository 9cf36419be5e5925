import { z } from 'zod'
import { limits } from '#src/content/limits.ts'
import {
  type ArticleFilter,
  facetNames,
  type ListedStatus,
  listedStatuses,
  type Sort,
} from '#src/listing/index.ts'
import { queryGroups, queryNames } from '#src/platform/http/comma-lists.ts'
import { queryBoolean, queryInstant, queryLimit, queryText } from '#src/platform/http/zod-types.ts'
import type { Included } from './queries.ts'
import { articleLocale } from './schemas.ts'

/** At most so many names in one parameter. */
const MAX_NAMES = 100

const termName = queryText(limits.termName)
const groups = queryGroups(termName, MAX_NAMES)

/** What a list of articles can be filtered by, for every list that is filtered alike. */
export const articleFilterParameters = {
  id: z
    .string()
    .transform((text) => [...new Set(text.toLowerCase().split(','))])
    .pipe(z.array(z.uuid()).max(MAX_NAMES))
    .optional()
    .meta({ type: 'string', description: `Ids, between commas; at most ${MAX_NAMES}.` }),
  tag: groups.optional().meta({
    description:
      'Slug, name or alias. `a,b`: any of them. Repeated: all of them. A comma in a name is `%2C`.',
  }),
  topic: groups.optional().meta({ description: 'The same for topics.' }),
  excludeTag: groups.optional().meta({ description: 'None of these tags.' }),
  excludeTopic: groups.optional().meta({ description: 'None of these topics.' }),
  source: z.uuid().optional().meta({ description: 'Id of a source: what cites it.' }),
  sourceDomain: queryText(253)
    .optional()
    .meta({ description: 'A registrable domain, such as `36kr.com`: what cites any source of it.' }),
  author: termName.optional().meta({ description: 'Slug or name.' }),
  locale: articleLocale.optional().meta({ description: 'BCP 47 language tag.' }),
  publishedAfter: queryInstant.optional().meta({ description: 'This instant or later.' }),
  publishedBefore: queryInstant.optional().meta({ description: 'Before this instant.' }),
  updatedAfter: queryInstant.optional().meta({ description: 'This instant or later; of the record.' }),
}
type FilterQuery = z.infer<z.ZodObject<typeof articleFilterParameters>>

const sorts = [
  '-publishedAt',
  'publishedAt',
  '-updatedAt',
  'updatedAt',
  '-createdAt',
  'createdAt',
  'title',
  '-title',
] as const

const included = ['body', 'html', 'toc', 'citations'] as const satisfies readonly Included[]

/** Every parameter of a list of articles. */
export const articleListParameters = {
  limit: queryLimit({ max: 100, default: 20 }),
  cursor: queryText(3_000).optional().meta({
    description:
      '`page.next` or `page.prev` of another answer, with the same filter and sort as that one had; `limit` may differ.',
  }),
  sort: z.enum(sorts).optional().meta({
    default: '-publishedAt',
    description: 'A minus is descending. Lists of drafts are sorted by `-updatedAt` when nothing is said.',
  }),
  status: z
    .string()
    .transform((text) => (text === 'any' ? anyStatus : [...new Set(text.split(','))]))
    .pipe(z.array(z.enum(listedStatuses)).min(1))
    .optional()
    .meta({
      type: 'string',
      default: 'published',
      description:
        'Needs a key that may see drafts: `draft`, `review`, `scheduled`, `published` (what readers see now), `trashed`, several between commas, or `any` for all but the trash.',
    }),
  ...articleFilterParameters,
  total: queryBoolean.optional().meta({ description: 'Count the whole list: `page.total`.' }),
  facets: queryNames(facetNames).optional().meta({
    description:
      'Count the whole list by `topic`, `tag`, `source`, `month`, several between commas: the hundred most frequent values, of months all. `source` is null where more than 10,000 articles match.',
  }),
  include: queryNames(included).optional().meta({
    description:
      'What lists leave out otherwise: `body`, `html`, `toc`, `citations`, between commas. A page ends after 8 MiB of them.',
  }),
}

const anyStatus = listedStatuses.filter((status) => status !== 'trashed')

/** The filter that a query asks for; without a status: what readers see. */
export function articleFilter(
  query: FilterQuery & { status?: readonly ListedStatus[] | undefined },
): ArticleFilter {
  return {
    statuses: [...(query.status ?? ['published'])].sort(),
    ids: query.id === undefined ? null : [...query.id].sort(),
    tags: canonicalGroups(query.tag),
    topics: canonicalGroups(query.topic),
    excludedTags: canonicalGroups(query.excludeTag).flat(),
    excludedTopics: canonicalGroups(query.excludeTopic).flat(),
    author: query.author ?? null,
    locale: query.locale ?? null,
    source: query.source?.toLowerCase() ?? null,
    sourceDomain: query.sourceDomain?.toLowerCase() ?? null,
    publishedAfter: query.publishedAfter ?? null,
    publishedBefore: query.publishedBefore ?? null,
    updatedAfter: query.updatedAfter ?? null,
  }
}

/** The order that a query asks for: the newest first, of drafts what was worked on last. */
export function articleSort(query: {
  sort?: (typeof sorts)[number] | undefined
  status?: readonly ListedStatus[] | undefined
}): Sort {
  const isOfDrafts = query.status?.some((status) => status !== 'published') ?? false
  const name = query.sort ?? (isOfDrafts ? '-updatedAt' : '-publishedAt')
  return { key: name.replace('-', '') as Sort['key'], descending: name.startsWith('-') }
}

/** The same groups in whatever order they were written are the same filter, and take the same cursors. */
const canonicalGroups = (all: readonly (readonly string[])[] = []): string[][] =>
  all
    .map((group) => [...new Set(group)].sort())
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
