import type { Transaction } from '#src/platform/db/transaction.ts'
import type { ArticleTerms } from './resolve-terms.ts'

/** Makes `terms` the tags, topics and authors of the article, in that order. One statement. */
export async function saveArticleTerms(
  tx: Transaction,
  articleId: string,
  terms: ArticleTerms,
): Promise<void> {
  const tags = terms.tags.map(({ id }) => id)
  const topics = terms.topics.map(({ id }) => id)
  const authors = terms.authors.map(({ id }) => id)
  await tx.$executeRaw`
    WITH old_tags AS (DELETE FROM article_tag WHERE article_id = ${articleId}::uuid AND tag_id <> ALL(${tags}::uuid[])),
    old_topics AS (DELETE FROM article_topic WHERE article_id = ${articleId}::uuid AND topic_id <> ALL(${topics}::uuid[])),
    old_authors AS (DELETE FROM article_author WHERE article_id = ${articleId}::uuid AND author_id <> ALL(${authors}::uuid[])),
    new_tags AS (
      INSERT INTO article_tag (article_id, tag_id, position)
      SELECT ${articleId}::uuid, id, n - 1 FROM unnest(${tags}::uuid[]) WITH ORDINALITY AS t(id, n)
      ON CONFLICT (article_id, tag_id) DO UPDATE SET position = excluded.position),
    new_topics AS (
      INSERT INTO article_topic (article_id, topic_id, position)
      SELECT ${articleId}::uuid, id, n - 1 FROM unnest(${topics}::uuid[]) WITH ORDINALITY AS t(id, n)
      ON CONFLICT (article_id, topic_id) DO UPDATE SET position = excluded.position)
    INSERT INTO article_author (article_id, author_id, position)
    SELECT ${articleId}::uuid, id, n - 1 FROM unnest(${authors}::uuid[]) WITH ORDINALITY AS t(id, n)
    ON CONFLICT (article_id, author_id) DO UPDATE SET position = excluded.position`
}
