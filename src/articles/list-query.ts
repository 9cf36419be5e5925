import { z } from 'zod'
import { citedDomain, domainWords } from '#src/citations/index.ts'
import { limits } from '#src/content/limits.ts'
import {
  type ArticleFilter,
  allButTrash,
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

/** How several names are asked for, which nobody guesses right: an encoded comma finds nothing, without a word. */
const several = (parameter: string) =>
  `Slug, name or alias; at most ${MAX_NAMES}. Repeated, \`${parameter}=a&${parameter}=b\`: articles that have all of them. With a comma, \`${parameter}=a,b\`: any of them. Send that comma as it is: encoded (\`%2C\`, which is what URLSearchParams and most generated clients make of it) it is a comma within one name, and \`${parameter}=a%2Cb\` finds only what is called “a,b”.`
const none = (parameter: string, what: string) =>
  `Articles that have none of these ${what}: slugs, names or aliases, at most ${MAX_NAMES}. \`${parameter}=a,b\` and \`${parameter}=a&${parameter}=b\` are the same; a comma that is encoded (\`%2C\`) belongs to a name, so send it as it is, or repeat the parameter.`

/** What a cursor goes with, for the description of the parameter. */
export const cursorWords =
  '`page.next` or `page.prev` of another answer, to be sent with the filter and sort that this had, spelled alike (`tag=ai` and `tag=AI` are two): another query is refused. `limit` may change.'

/** What a list of articles can be filtered by, for every list that is filtered alike. */
export const articleFilterParameters = {
  id: z
    .string()
    .transform((text) => [...new Set(text.toLowerCase().split(','))])
    .pipe(z.array(z.uuid()).max(MAX_NAMES))
    .optional()
    .meta({ type: 'string', description: `Articles with these ids, between commas; at most ${MAX_NAMES}.` }),
  tag: groups.optional().meta({ description: `Tags. ${several('tag')}` }),
  topic: groups.optional().meta({ description: `Topics. ${several('topic')}` }),
  excludeTag: groups.optional().meta({ description: none('excludeTag', 'tags') }),
  excludeTopic: groups.optional().meta({ description: none('excludeTopic', 'topics') }),
  source: z
    .uuid()
    .optional()
    .meta({ description: 'Articles that cite this source, by its id (`GET /v1/sources`).' }),
  sourceDomain: citedDomain
    .optional()
    .meta({ description: `Articles that cite any source of this domain. ${domainWords}` }),
  author: termName.optional().meta({ description: 'Articles by this author: slug or name.' }),
  locale: articleLocale.optional().meta({
    description:
      'Articles in this language, a BCP 47 tag. Matching is exact but for case: `zh` does not find `zh-CN`.',
  }),
  publishedAfter: queryInstant
    .optional()
    .meta({ description: 'Published at this instant or later (RFC 3339, with an offset).' }),
  publishedBefore: queryInstant
    .optional()
    .meta({ description: 'Published before this instant (RFC 3339, with an offset).' }),
  updatedAfter: queryInstant.optional().meta({
    description:
      'Changed at this instant or later (`updatedAt`: whatever changed of it, not the date that readers see).',
  }),
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
  cursor: queryText(3_000).optional().meta({ description: cursorWords }),
  sort: z.enum(sorts).optional().meta({
    default: '-publishedAt',
    description:
      'What to order by; a minus is descending. Lists of drafts are sorted by `-updatedAt` when nothing is said.',
  }),
  status: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum([...listedStatuses, 'any'])))
    .transform((names) => [...new Set(names.flatMap((name) => (name === 'any' ? allButTrash : name)))])
    .optional()
    .meta({
      type: 'string',
      default: 'published',
      description:
        'Needs a key that may see drafts: `draft`, `review`, `scheduled`, `published` (what readers see now), `trashed`, several between commas, or `any` for all but the trash. Articles that have expired (`unpublishAt` has passed) are in `any` alone.',
    }),
  ...articleFilterParameters,
  total: queryBoolean
    .optional()
    .meta({ description: '`true`: count the whole list, not only this page; the answer has `page.total`.' }),
  facets: queryNames(facetNames).optional().meta({
    description:
      'Count the whole list (not only this page) by `topic`, `tag`, `source`, `month`, several between commas: the answer has `facets`, the hundred most frequent values of each, of months all. `source` is null where more than 10,000 articles match.',
  }),
  include: queryNames(included).optional().meta({
    description:
      'What lists leave out otherwise: `body`, `html`, `toc`, `citations`, between commas. Naming them in `fields` includes them too. A page ends after 8 MiB of them: it may then have fewer items than `limit`, and `page.next` goes on.',
  }),
}

/** What `fields` includes by naming it. */
export const includedBy = (fields: readonly string[] = []) => included.filter((name) => fields.includes(name))

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
    sourceDomain: query.sourceDomain ?? null,
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
