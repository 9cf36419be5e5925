import { Prisma } from '#src/generated/prisma/client.ts'

/** The three vocabularies that articles are filed under. */
export type TermKind = 'tag' | 'topic' | 'author'

/** What the tables of a vocabulary are called in SQL. */
interface TermTables {
  readonly term: Prisma.Sql
  readonly alias: Prisma.Sql
  /** The column by which aliases and articles point at the term. */
  readonly key: Prisma.Sql
  /** Which articles have the term, with the place that it has there. */
  readonly link: Prisma.Sql
  /** The same in the article's row, in written order. */
  readonly ids: Prisma.Sql
}

export const termTables: Record<TermKind, TermTables> = {
  tag: {
    term: Prisma.sql`tag`,
    alias: Prisma.sql`tag_alias`,
    key: Prisma.sql`tag_id`,
    link: Prisma.sql`article_tag`,
    ids: Prisma.sql`tag_ids`,
  },
  topic: {
    term: Prisma.sql`topic`,
    alias: Prisma.sql`topic_alias`,
    key: Prisma.sql`topic_id`,
    link: Prisma.sql`article_topic`,
    ids: Prisma.sql`topic_ids`,
  },
  author: {
    term: Prisma.sql`author`,
    alias: Prisma.sql`author_alias`,
    key: Prisma.sql`author_id`,
    link: Prisma.sql`article_author`,
    ids: Prisma.sql`author_ids`,
  },
}

/** A term as its writers find it. */
export interface WrittenTerm {
  readonly id: string
  readonly slug: string
  readonly name: string
  /** Its number in the listing. */
  readonly termId: number
}
