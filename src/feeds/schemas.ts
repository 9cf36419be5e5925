import { z } from 'zod'
import { articleFilterParameters } from '#src/articles/index.ts'
import { query, queryLimit, queryText } from '#src/platform/http/zod-types.ts'

/** The parameters of a feed: the filters of the list, and how much of it. */
export const FeedQuery = query({
  ...articleFilterParameters,
  limit: queryLimit({ max: 100, default: 20 }),
  cursor: queryText(1_000).optional().meta({ description: 'Of the next page, as the feed itself names it.' }),
  content: z
    .enum(['full', 'summary'])
    .default('full')
    .meta({ description: '`full`: the whole text as html; `summary`: only what an article is about.' }),
})
export type FeedQuery = z.infer<typeof FeedQuery>

/** The name of a part of the sitemap: the month of publication, in UTC; from the second part of a month on, a number. */
export const SitemapParams = z.strictObject({
  file: z
    .string()
    .regex(/^(?!0000)\d{4}-(?:0[1-9]|1[0-2])(?:-(?:[2-9]|[1-9]\d{1,3}))?\.xml$/, {
      error: 'Expected a file that /sitemap.xml names, such as 2026-11.xml.',
    })
    .meta({ description: 'As `/sitemap.xml` names it.', examples: ['2025-07.xml'] }),
})

/** A JSON Feed 1.1, as far as it is used here. */
export const JsonFeed = z
  .object({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: z.string(),
    home_page_url: z.string(),
    feed_url: z.string(),
    next_url: z.string().optional().meta({ description: 'Older items.' }),
    authors: z.array(z.object({ name: z.string(), url: z.string().optional() })),
    language: z.string(),
    items: z.array(
      z.object({
        id: z.string().meta({ description: '`urn:uuid:` and the article’s id.' }),
        url: z.string(),
        title: z.string(),
        content_html: z.string().optional().meta({ description: 'With `content=full`.' }),
        content_text: z.string().optional().meta({ description: 'With `content=summary`.' }),
        summary: z.string(),
        image: z.string().optional(),
        date_published: z.iso.datetime(),
        date_modified: z.iso.datetime(),
        authors: z.array(z.object({ name: z.string() })).optional(),
        tags: z.array(z.string()).optional(),
        language: z.string().optional().meta({ description: 'Where it is not the feed’s.' }),
      }),
    ),
  })
  .meta({ id: 'JsonFeed', description: 'A feed as JSON Feed 1.1 (jsonfeed.org).' })
