import { z } from 'zod'
import { reasonParameter } from '#src/audit/index.ts'
import { query, queryLimit, queryText, text } from '#src/platform/http/zod-types.ts'

/** An article that a path leads to. */
export const RedirectArticle = z
  .object({
    id: z.uuid().meta({ description: 'Id of the article.' }),
    slug: z.string().meta({ description: 'Unique in its locale.' }),
    locale: z.string().meta({ description: 'BCP 47 language tag.' }),
    url: z.string().meta({ description: 'Where readers find it, by ARTICLE_URL_PATTERN.' }),
  })
  .meta({ id: 'RedirectArticle', description: 'The article that a path leads to.' })
export type RedirectArticle = z.infer<typeof RedirectArticle>

/** An address of the site that is no longer, and where it leads. */
export const Redirect = z
  .object({
    id: z.uuid().meta({ description: 'Id of the redirect.' }),
    from: z.string().meta({ description: 'A path of the site, percent-decoded.' }),
    to: z.string().meta({
      description:
        'The article’s address as it is now, a path of the site, or an address. `/v1/resolve` makes addresses of all three.',
    }),
    article: RedirectArticle.nullable().meta({
      description: 'The article that it leads to; null: it leads to an address.',
    }),
    origin: z.enum(['manual', 'frontMatter', 'slug']).meta({
      description:
        '`manual`: made here. `frontMatter`: one of the `aliases` of the article’s document. `slug`: the article had another slug.',
    }),
    createdAt: z.iso.datetime().meta({ description: 'RFC 3339, UTC.' }),
  })
  .meta({ id: 'Redirect', description: 'An address of the site that is no longer, and where it leads.' })
export type Redirect = z.infer<typeof Redirect>

/** A redirect to be. */
export const RedirectInput = z
  .strictObject({
    from: text(2_000, 1).meta({ description: 'A path of the site; queries are not looked at.' }),
    to: text(2_000, 1).meta({
      description:
        'A path of the site, an absolute http(s) address, or the id of an article. A path that an article has is kept as the article: it may have another one day.',
    }),
  })
  .meta({ id: 'RedirectInput', description: 'Where an old path leads.' })

const resolvedTo = z
  .string()
  .meta({ description: 'An absolute address; of the site’s own paths by `SITE_URL`.' })

/** Where a path of the site leads. */
export const Resolution = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('article'),
      status: z.literal([200, 301]),
      to: resolvedTo,
      article: RedirectArticle,
    }),
    z.object({ type: z.literal('redirect'), status: z.literal(301), to: resolvedTo }),
  ])
  .meta({
    id: 'Resolution',
    description:
      'Where a path of the site leads. `status` is what the site should answer there: 200 with the article whose path it is, 301 to `to`.',
  })
export type Resolution = z.infer<typeof Resolution>

export const ResolveQuery = query({
  path: queryText(8_000).meta({
    description:
      'A path of the site, percent-encoded or not, with or without the slash that begins it, or an address of it.',
    examples: ['/2019/old.html'],
  }),
})

export const RedirectListQuery = query({
  limit: queryLimit({ max: 100, default: 20 }),
  cursor: queryText(1_000).optional().meta({ description: '`page.next` or `page.prev` of another answer.' }),
})
export type RedirectListQuery = z.infer<typeof RedirectListQuery>

export const RedirectParams = z.strictObject({
  id: z.uuid().meta({ description: 'Id of the redirect, as the list gives it.' }),
})

export const RedirectWriteQuery = query({
  reason: reasonParameter,
})
