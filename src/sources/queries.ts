import type { SourceTier } from '#src/generated/prisma/enums.ts'
import { prepared } from '#src/platform/db/prepared.ts'
import { isPublic } from '#src/visibility/index.ts'

/** A source with what the asker may see of its use. */
export interface SourceRow {
  id: string
  url: string
  domain: string
  tier: SourceTier
  title: string | null
  citation_count: number
  article_count: number
}

/** A domain with what the asker may see of its use. */
export interface DomainRow {
  domain: string
  tier: SourceTier
  source_count: number
  article_count: number
}

type Side = 'after' | 'before'

const visible = (seesAll: string) => `a.trashed_at IS NULL AND (${seesAll} OR ${isPublic('a')})`

const sourceColumns = `s.id, s.url, d.domain, d.tier,
  (array_agg(c.title ORDER BY a.published_at DESC NULLS LAST, a.id DESC, c.position) FILTER (WHERE c.title IS NOT NULL))[1] AS title,
  count(*)::int AS citation_count, count(DISTINCT a.id)::int AS article_count`

const sourceFrom = `FROM source s JOIN source_domain d ON d.id = s.domain_id
  JOIN citation c ON c.source_id = s.id JOIN article a ON a.id = c.article_id`

/** A source, if an article that the asker may see cites it. Values: id, whether the asker sees what is not public. */
export const findSource = prepared<SourceRow>(
  'find_source',
  `SELECT ${sourceColumns} ${sourceFrom} WHERE s.id = $1 AND ${visible('$2::boolean')} GROUP BY s.id, d.id`,
)

/**
 * Sources, most cited first. Values: domain or null, tier or null, whether the asker sees what is not public,
 * citation count and id of the last one seen, how many.
 */
const sourceWalk = (side: Side) =>
  prepared<SourceRow>(
    `list_sources_${side}`,
    `SELECT ${sourceColumns} ${sourceFrom}
      WHERE ($1::text IS NULL OR d.domain = $1) AND ($2::source_tier IS NULL OR d.tier = $2)
        AND ${visible('$3::boolean')}
      GROUP BY s.id, d.id
     HAVING (count(*), s.id) ${side === 'after' ? '<' : '>'} ($4::bigint, $5::uuid)
      ORDER BY count(*) ${side === 'after' ? 'DESC' : 'ASC'}, s.id ${side === 'after' ? 'DESC' : 'ASC'} LIMIT $6`,
  )

export const sourceWalks = { after: sourceWalk('after'), before: sourceWalk('before') }

const domainArticles = (seesAll: string) => `FROM source s JOIN citation c ON c.source_id = s.id
  JOIN article a ON a.id = c.article_id WHERE s.domain_id = d.id AND ${visible(seesAll)}`

const domainColumns = (seesAll: string) => `d.domain, d.tier,
  (SELECT count(DISTINCT s.id)::int ${domainArticles(seesAll)}) AS source_count,
  (SELECT count(DISTINCT a.id)::int ${domainArticles(seesAll)}) AS article_count`

/**
 * Domains by name, those that nobody cites only for those who may see all; counted for the page alone.
 * Values: tier or null, whether the asker sees what is not public, the last domain seen, how many.
 */
const domainWalk = (side: Side) =>
  prepared<DomainRow>(
    `list_source_domains_${side}`,
    `SELECT ${domainColumns('$2::boolean')} FROM source_domain d
      WHERE ($1::source_tier IS NULL OR d.tier = $1) AND d.domain ${side === 'after' ? '>' : '<'} $3
        AND ($2::boolean OR EXISTS (SELECT ${domainArticles('$2::boolean')}))
      ORDER BY d.domain ${side === 'after' ? 'ASC' : 'DESC'} LIMIT $4`,
  )

export const domainWalks = { after: domainWalk('after'), before: domainWalk('before') }

/** One domain, as those see it who see everything. */
export const findDomainRow = prepared<DomainRow>(
  'find_source_domain',
  `SELECT ${domainColumns('true')} FROM source_domain d WHERE d.domain = $1`,
)
