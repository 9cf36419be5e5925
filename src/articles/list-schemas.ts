import { z } from 'zod'
import { CountedPage, collectionShape } from '#src/platform/http/collection.ts'
import { INCLUDED } from './queries.ts'
import { ArticleListItem, editorialFields } from './schemas.ts'

const FacetValue = z
  .object({
    slug: z.string().meta({
      description:
        'What to filter by: of a topic or tag its slug (`topic=`, `tag=`), of a source its id (`source=`). Of a month `YYYY-MM`, which no parameter takes: ask from its first instant in the site’s time zone (SITE_TIMEZONE, UTC unless it is set) to that of the next month, `publishedAfter=2025-07-01T00:00:00Z&publishedBefore=2025-08-01T00:00:00Z`.',
    }),
    name: z.string().meta({
      description:
        'For readers: the name of a topic or tag, the canonical url of a source, `YYYY-MM` of a month.',
    }),
    count: z.int().meta({ description: 'How many articles of the list have it.' }),
  })
  .meta({ id: 'FacetValue', description: 'One value, and how many articles of the list have it.' })

const facet = z.array(FacetValue)

const Facets = z
  .object({
    topic: facet.optional().meta({ description: 'The hundred most frequent topics.' }),
    tag: facet.optional().meta({ description: 'The hundred most frequent tags.' }),
    source: facet
      .nullable()
      .optional()
      .meta({ description: 'The hundred most frequent sources; null: more than 10,000 articles match.' }),
    month: facet.optional().meta({
      description: 'Every month of publication in the site’s time zone (SITE_TIMEZONE), oldest first.',
    }),
  })
  .meta({ id: 'Facets', description: 'The whole list, counted by value; the most frequent first.' })

/** The fields that `fields` may name. */
export const listItemFields = Object.keys(ArticleListItem.shape)

/** Those that an item always has, whoever asks. */
export const publicItemFields = listItemFields.filter(
  (name) => !editorialFields.includes(name) && !Object.hasOwn(INCLUDED, name),
)

/** One page of articles. */
export const ArticleList = z
  .object({ ...collectionShape(ArticleListItem), page: CountedPage, facets: Facets.optional() })
  .meta({ id: 'ArticleList', description: 'One page of articles.' })
