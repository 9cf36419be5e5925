import { z } from 'zod'
import { CountedPage, collectionShape } from '#src/platform/http/collection.ts'
import { ArticleListItem } from './schemas.ts'

const FacetValue = z
  .object({
    slug: z
      .string()
      .meta({ description: 'What the filter takes; of a source its id, of a month `YYYY-MM`.' }),
    name: z.string().meta({ description: 'Of a source its canonical url.' }),
    count: z.int().meta({ description: 'How many articles of the list have it.' }),
  })
  .meta({ id: 'FacetValue' })

const facet = z.array(FacetValue)

const Facets = z
  .object({
    topic: facet.optional(),
    tag: facet.optional(),
    source: facet.nullable().optional().meta({ description: 'null: more than 10,000 articles match.' }),
    month: facet.optional().meta({ description: 'In the site’s time zone, oldest first.' }),
  })
  .meta({ id: 'Facets', description: 'The whole list, counted by value; the most frequent first.' })

/** The fields that `fields` may name. */
export const listItemFields = Object.keys(ArticleListItem.shape)

/** One page of articles. */
export const ArticleList = z
  .object({ ...collectionShape(ArticleListItem), page: CountedPage, facets: Facets.optional() })
  .meta({ id: 'ArticleList', description: 'One page of articles.' })
