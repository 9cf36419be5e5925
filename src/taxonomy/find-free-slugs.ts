import { firstFreeSlug, slugFamily } from '#src/content/free-slug.ts'
import { FORMER_SLUG } from '#src/listing/index.ts'
import type { Transaction } from '#src/platform/db/transaction.ts'
import { type TermKind, termTables } from './term-tables.ts'

/** Makes those queue until COMMIT who want one of these slugs, or one that is made of the same name. */
export async function lockSlugs(tx: Transaction, kind: TermKind, slugs: readonly string[]): Promise<void> {
  const families = [...new Set(slugs.map((slug) => `${kind}/${slugFamily(slug)}`))].sort()
  await tx.$queryRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(family, 11))::text
      FROM unnest(${families}::text[]) WITH ORDINALITY AS f(family, n) ORDER BY n`
}

/**
 * For each wanted slug itself, or the first of `-2`, `-3` … that no term has or had; its family is locked until
 * COMMIT.
 */
export async function findFreeSlugs(
  tx: Transaction,
  kind: TermKind,
  wanted: readonly string[],
): Promise<string[]> {
  await lockSlugs(tx, kind, wanted)
  const { term, alias } = termTables[kind]
  // '.' is the character after '-': the range holds base, base-2, base-more …, by the index.
  const taken = await tx.$queryRaw<{ slug: string }[]>`
    WITH wanted AS (SELECT DISTINCT slug COLLATE "C" AS slug FROM unnest(${[...wanted]}::text[]) AS w(slug))
    SELECT t.slug FROM wanted w JOIN ${term} t ON t.slug >= w.slug AND t.slug < w.slug || '.'
     UNION ALL
    SELECT a.spelling FROM wanted w
      JOIN ${alias} a ON a.norm >= ${FORMER_SLUG} || w.slug AND a.norm < ${FORMER_SLUG} || w.slug || '.'`
  const used = new Set(taken.map(({ slug }) => slug))
  return wanted.map((base) => {
    const slug = firstFreeSlug(base, used)
    used.add(slug)
    return slug
  })
}
