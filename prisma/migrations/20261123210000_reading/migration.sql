-- What lists are read from, and where old addresses lead.

-- One space of numbers for everything that an article can be listed by, so that one array and one GIN index hold it.
CREATE SEQUENCE "term_id_seq" AS INTEGER;
-- Prisma takes a plain nextval() for a sequence of the column's own.
CREATE FUNCTION "next_term_id"() RETURNS INTEGER LANGUAGE sql VOLATILE AS $$ SELECT nextval('term_id_seq')::integer $$;

-- AlterTable
ALTER TABLE "author" ADD COLUMN     "term_id" INTEGER NOT NULL DEFAULT next_term_id();

-- AlterTable
ALTER TABLE "source" ADD COLUMN     "term_id" INTEGER NOT NULL DEFAULT next_term_id();

-- AlterTable
ALTER TABLE "source_domain" ADD COLUMN     "term_id" INTEGER NOT NULL DEFAULT next_term_id();

-- AlterTable
ALTER TABLE "tag" ADD COLUMN     "term_id" INTEGER NOT NULL DEFAULT next_term_id();

-- AlterTable
ALTER TABLE "topic" ADD COLUMN     "term_id" INTEGER NOT NULL DEFAULT next_term_id();

-- CreateTable
CREATE TABLE "locale" (
    "tag" TEXT COLLATE "C" NOT NULL,
    "term_id" INTEGER NOT NULL DEFAULT next_term_id(),

    CONSTRAINT "locale_pkey" PRIMARY KEY ("tag")
);

-- CreateTable
CREATE TABLE "listing" (
    "article_id" UUID NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "unpublish_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "title_key" TEXT COLLATE "C" NOT NULL,
    "terms" INTEGER[],

    CONSTRAINT "listing_pkey" PRIMARY KEY ("article_id")
);

-- CreateTable
CREATE TABLE "term_count" (
    "term_id" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "term_count_pkey" PRIMARY KEY ("term_id")
);

-- CreateTable
CREATE TABLE "term_delta" (
    "id" BIGSERIAL NOT NULL,
    "term_id" INTEGER NOT NULL,
    "delta" INTEGER NOT NULL,

    CONSTRAINT "term_delta_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "term_month" (
    "term_id" INTEGER NOT NULL,
    "month" INTEGER NOT NULL,

    CONSTRAINT "term_month_pkey" PRIMARY KEY ("term_id","month")
);

-- CreateTable
CREATE TABLE "redirect" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "locale" TEXT COLLATE "C",
    "slug" TEXT COLLATE "C",
    "path" TEXT COLLATE "C",
    "article_id" UUID,
    "target" TEXT,
    "is_alias" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "redirect_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "locale_term_id_key" ON "locale"("term_id");

-- CreateIndex
CREATE INDEX "term_delta_term_id_idx" ON "term_delta"("term_id");

-- CreateIndex
CREATE INDEX "redirect_article_id_idx" ON "redirect"("article_id");

-- CreateIndex
CREATE UNIQUE INDEX "author_term_id_key" ON "author"("term_id");

-- CreateIndex
CREATE UNIQUE INDEX "source_term_id_key" ON "source"("term_id");

-- CreateIndex
CREATE UNIQUE INDEX "source_domain_term_id_key" ON "source_domain"("term_id");

-- CreateIndex
CREATE UNIQUE INDEX "tag_term_id_key" ON "tag"("term_id");

-- CreateIndex
CREATE UNIQUE INDEX "topic_term_id_key" ON "topic"("term_id");

-- AddForeignKey
ALTER TABLE "listing" ADD CONSTRAINT "listing_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redirect" ADD CONSTRAINT "redirect_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema can't say, written by hand.

-- An index row must stay under 2,704 bytes: 400 numbers, and a title key of at most 100 characters.
ALTER TABLE "listing"
  ALTER COLUMN "terms" SET NOT NULL,
  ADD CONSTRAINT "listing_terms_check" CHECK (cardinality("terms") <= 400),
  ADD CONSTRAINT "listing_title_key_check" CHECK (octet_length("title_key") <= 400);
ALTER TABLE "listing" SET (autovacuum_vacuum_scale_factor = 0.02);

-- One index a sort key. They carry what a list is filtered by: a walk touches no other page.
CREATE INDEX "listing_published_idx" ON "listing" ("published_at" DESC, "article_id" DESC)
  INCLUDE ("unpublish_at", "updated_at", "terms");
CREATE INDEX "listing_updated_idx" ON "listing" ("updated_at" DESC, "article_id" DESC)
  INCLUDE ("published_at", "unpublish_at", "terms");
CREATE INDEX "listing_created_idx" ON "listing" ("created_at" DESC, "article_id" DESC)
  INCLUDE ("published_at", "unpublish_at", "updated_at", "terms");
CREATE INDEX "listing_title_idx" ON "listing" ("title_key" DESC, "article_id" DESC)
  INCLUDE ("published_at", "unpublish_at", "updated_at", "terms");
-- Never with the extension intarray installed: its operators hide the ones that this index serves.
CREATE INDEX "listing_terms_idx" ON "listing" USING gin ("terms") WITH (fastupdate = off);
-- What ends by itself.
CREATE INDEX "listing_unpublish_idx" ON "listing" ("unpublish_at") WHERE "unpublish_at" < 'infinity';

ALTER TABLE "locale" ADD CONSTRAINT "locale_check" CHECK (char_length("tag") BETWEEN 2 AND 35);

CREATE UNIQUE INDEX "redirect_slug_key" ON "redirect" ("slug", "locale") WHERE "slug" IS NOT NULL;
CREATE UNIQUE INDEX "redirect_path_key" ON "redirect" ("path") WHERE "path" IS NOT NULL;
ALTER TABLE "redirect"
  ADD CONSTRAINT "redirect_from_check" CHECK (("slug" IS NULL) = ("locale" IS NULL) AND ("slug" IS NULL) <> ("path" IS NULL)),
  ADD CONSTRAINT "redirect_to_check" CHECK (("article_id" IS NULL) <> ("target" IS NULL)),
  ADD CONSTRAINT "redirect_path_check" CHECK ("path" LIKE '/%' AND octet_length("path") <= 2000),
  ADD CONSTRAINT "redirect_slug_check" CHECK (char_length("slug") BETWEEN 1 AND 200),
  ADD CONSTRAINT "redirect_target_check" CHECK (octet_length("target") BETWEEN 1 AND 4000);

-- Articles that are there already. Titles sort by their letters, and months are those of UTC, until `masthead rebuild`
-- has read them again.
INSERT INTO "locale" ("tag") SELECT DISTINCT "locale" FROM "article";
INSERT INTO "listing" ("article_id", "published_at", "unpublish_at", "updated_at", "created_at", "title_key", "terms")
SELECT a."id", coalesce(a."published_at", 'infinity'), coalesce(a."unpublish_at", 'infinity'), a."updated_at", a."created_at",
       left(lower(a."title"), 100),
       ARRAY[CASE WHEN a."trashed_at" IS NOT NULL THEN -4 WHEN a."status" = 'draft' THEN -1 WHEN a."status" = 'review' THEN -2 ELSE -3 END,
             l."term_id"]
         || CASE WHEN a."published_at" IS NULL THEN '{}' ELSE ARRAY[-(10000 + date_part('year', a."published_at" AT TIME ZONE 'UTC')::int),
              -(1000000 + date_part('year', a."published_at" AT TIME ZONE 'UTC')::int * 100 + date_part('month', a."published_at" AT TIME ZONE 'UTC')::int)] END
         || CASE WHEN a."citation_count" > 0 THEN ARRAY[-8] ELSE '{}' END
         || ARRAY(SELECT t."term_id" FROM "article_tag" x JOIN "tag" t ON t."id" = x."tag_id" WHERE x."article_id" = a."id")
         || ARRAY(SELECT t."term_id" FROM "article_topic" x JOIN "topic" t ON t."id" = x."topic_id" WHERE x."article_id" = a."id")
         || ARRAY(SELECT t."term_id" FROM "article_author" x JOIN "author" t ON t."id" = x."author_id" WHERE x."article_id" = a."id")
         || (SELECT CASE WHEN count(DISTINCT n) <= 90 THEN coalesce(array_agg(DISTINCT n), '{}') ELSE ARRAY[-9] END
               FROM "citation" c JOIN "source" s ON s."id" = c."source_id" JOIN "source_domain" d ON d."id" = s."domain_id",
                    unnest(ARRAY[s."term_id", d."term_id"]) AS n
              WHERE c."article_id" = a."id")
  FROM "article" a JOIN "locale" l ON l."tag" = a."locale";
INSERT INTO "term_count" ("term_id", "count")
SELECT n, count(*) FROM "listing", unnest("terms") AS n WHERE "terms" @> ARRAY[-3] GROUP BY n;
INSERT INTO "term_month" ("term_id", "month")
SELECT DISTINCT n, (date_part('year', at) * 12 + date_part('month', at) - 1)::int
  FROM "listing", unnest("terms") AS n, LATERAL (SELECT "published_at" AT TIME ZONE 'UTC') AS date(at)
 WHERE n > 0 AND "published_at" < 'infinity';
