import { Prisma } from '#src/generated/prisma/client.ts'
import type { Transaction } from '#src/platform/db/transaction.ts'
import { sitePath } from '#src/site/index.ts'
import { isPublic } from '#src/visibility/index.ts'

const seen = Prisma.raw(isPublic('a'))

/** A slug that an article had. */
export interface FormerSlug {
  readonly articleId: string
  readonly locale: string
  readonly slug: string
}

/** Lets a slug that an article had when it was public go on leading to it. */
export async function rememberSlug(tx: Transaction, { articleId, locale, slug }: FormerSlug): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO redirect (locale, slug, article_id) VALUES (${locale}, ${slug}, ${articleId}::uuid)
    ON CONFLICT (slug, locale) WHERE slug IS NOT NULL
      DO UPDATE SET article_id = excluded.article_id, target = NULL, created_at = excluded.created_at`
}

/** Ends what leads from a slug to another article: an article takes the slug itself. */
export async function forgetRedirects(
  tx: Transaction,
  { locale, slug }: { readonly locale: string; readonly slug: string },
): Promise<void> {
  await tx.$executeRaw`DELETE FROM redirect WHERE slug = ${slug} AND locale = ${locale}`
}

/**
 * Makes the `aliases` of a document the paths that lead to its article, in place of those it had. A path that leads
 * elsewhere already goes on doing so, but for one of an article that readers don't see: a public article takes it.
 */
export async function saveAliases(
  tx: Transaction,
  articleId: string,
  aliases: readonly string[],
  siteUrl: string,
): Promise<void> {
  // Hugo's aliases may be relative; here they can only be meant from the root.
  const given = aliases.map((alias) =>
    sitePath(/^(?:\/|[a-z]+:)/i.test(alias) ? alias : `/${alias}`, siteUrl),
  )
  const paths = [...new Set(given.filter((path) => path !== null))].sort()
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM redirect WHERE article_id = ${articleId}::uuid AND is_alias AND path <> ALL(${paths}::text[]))
    INSERT INTO redirect AS r (path, article_id, is_alias)
    SELECT path, ${articleId}::uuid, true FROM unnest(${paths}::text[]) AS t(path) ORDER BY path COLLATE "C"
    ON CONFLICT (path) WHERE path IS NOT NULL DO UPDATE SET article_id = excluded.article_id
      WHERE r.is_alias AND EXISTS (SELECT FROM article a WHERE a.id = excluded.article_id AND ${seen})
        AND NOT EXISTS (SELECT FROM article a WHERE a.id = r.article_id AND ${seen})`
}
