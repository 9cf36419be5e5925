-- CreateEnum
CREATE TYPE "article_status" AS ENUM ('draft', 'review', 'published');

-- CreateEnum
CREATE TYPE "term_status" AS ENUM ('active', 'proposed');

-- CreateEnum
CREATE TYPE "source_tier" AS ENUM ('primary', 'secondary', 'blocked', 'unknown');

-- CreateEnum
CREATE TYPE "date_precision" AS ENUM ('year', 'month', 'day');

-- CreateEnum
CREATE TYPE "api_key_role" AS ENUM ('reader', 'viewer', 'author', 'editor', 'admin');

-- CreateTable
CREATE TABLE "article" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "locale" TEXT COLLATE "C" NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "status" "article_status" NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT,
    "html" TEXT NOT NULL,
    "toc" JSONB NOT NULL,
    "excerpt" TEXT NOT NULL,
    "word_count" INTEGER NOT NULL,
    "reading_minutes" INTEGER NOT NULL,
    "featured_image" JSONB,
    "meta" JSONB NOT NULL,
    "canonical_url" TEXT,
    "translation_key" TEXT,
    "needs_attention" BOOLEAN NOT NULL DEFAULT false,
    "revision" INTEGER NOT NULL,
    "citation_count" INTEGER NOT NULL,
    "tag_ids" UUID[],
    "topic_ids" UUID[],
    "author_ids" UUID[],
    "published_at" TIMESTAMPTZ(3),
    "first_published_at" TIMESTAMPTZ(3),
    "unpublish_at" TIMESTAMPTZ(3),
    "modified_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "trashed_at" TIMESTAMPTZ(3),
    "created_by" TEXT,

    CONSTRAINT "article_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revision" (
    "article_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "front_matter" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "public_from" TIMESTAMPTZ(3),
    "actor_id" TEXT,
    "actor_name" TEXT,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revision_pkey" PRIMARY KEY ("article_id","number")
);

-- CreateTable
CREATE TABLE "tag" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "status" "term_status" NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "tag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tag_alias" (
    "norm" TEXT COLLATE "C" NOT NULL,
    "tag_id" UUID NOT NULL,
    "spelling" TEXT NOT NULL,

    CONSTRAINT "tag_alias_pkey" PRIMARY KEY ("norm")
);

-- CreateTable
CREATE TABLE "topic" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "status" "term_status" NOT NULL DEFAULT 'active',
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "topic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "topic_alias" (
    "norm" TEXT COLLATE "C" NOT NULL,
    "topic_id" UUID NOT NULL,
    "spelling" TEXT NOT NULL,

    CONSTRAINT "topic_alias_pkey" PRIMARY KEY ("norm")
);

-- CreateTable
CREATE TABLE "author" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "bio" TEXT,
    "image" TEXT,
    "url" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "author_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "author_alias" (
    "norm" TEXT COLLATE "C" NOT NULL,
    "author_id" UUID NOT NULL,
    "spelling" TEXT NOT NULL,

    CONSTRAINT "author_alias_pkey" PRIMARY KEY ("norm")
);

-- CreateTable
CREATE TABLE "article_tag" (
    "article_id" UUID NOT NULL,
    "tag_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "article_tag_pkey" PRIMARY KEY ("article_id","tag_id")
);

-- CreateTable
CREATE TABLE "article_topic" (
    "article_id" UUID NOT NULL,
    "topic_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "article_topic_pkey" PRIMARY KEY ("article_id","topic_id")
);

-- CreateTable
CREATE TABLE "article_author" (
    "article_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "article_author_pkey" PRIMARY KEY ("article_id","author_id")
);

-- CreateTable
CREATE TABLE "citation" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "article_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "ordinal" INTEGER,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "title" TEXT,
    "url" TEXT,
    "archive_url" TEXT,
    "doi" TEXT,
    "isbn" TEXT,
    "arxiv" TEXT,
    "publisher" TEXT,
    "container_title" TEXT,
    "authors" JSONB NOT NULL,
    "published_on" DATE,
    "published_on_precision" "date_precision",
    "accessed_on" DATE,
    "accessed_on_precision" "date_precision",
    "type" TEXT,
    "explicit" TEXT[],
    "reference_count" INTEGER NOT NULL,
    "source_id" UUID,

    CONSTRAINT "citation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "url_key" BYTEA NOT NULL,
    "url" TEXT NOT NULL,
    "domain_id" INTEGER NOT NULL,

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source_domain" (
    "id" SERIAL NOT NULL,
    "domain" TEXT COLLATE "C" NOT NULL,
    "tier" "source_tier" NOT NULL DEFAULT 'unknown',

    CONSTRAINT "source_domain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "api_key_role" NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "is_initial" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "article_slug_idx" ON "article"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "tag_slug_key" ON "tag"("slug");

-- CreateIndex
CREATE INDEX "tag_alias_tag_id_idx" ON "tag_alias"("tag_id");

-- CreateIndex
CREATE UNIQUE INDEX "topic_slug_key" ON "topic"("slug");

-- CreateIndex
CREATE INDEX "topic_position_slug_idx" ON "topic"("position", "slug");

-- CreateIndex
CREATE INDEX "topic_alias_topic_id_idx" ON "topic_alias"("topic_id");

-- CreateIndex
CREATE UNIQUE INDEX "author_slug_key" ON "author"("slug");

-- CreateIndex
CREATE INDEX "author_alias_author_id_idx" ON "author_alias"("author_id");

-- CreateIndex
CREATE INDEX "article_tag_tag_id_idx" ON "article_tag"("tag_id");

-- CreateIndex
CREATE INDEX "article_topic_topic_id_idx" ON "article_topic"("topic_id");

-- CreateIndex
CREATE INDEX "article_author_author_id_idx" ON "article_author"("author_id");

-- CreateIndex
CREATE INDEX "citation_source_id_idx" ON "citation"("source_id");

-- CreateIndex
CREATE UNIQUE INDEX "citation_article_id_label_key" ON "citation"("article_id", "label");

-- CreateIndex
CREATE UNIQUE INDEX "source_url_key_key" ON "source"("url_key");

-- CreateIndex
CREATE INDEX "source_domain_id_idx" ON "source"("domain_id");

-- CreateIndex
CREATE UNIQUE INDEX "source_domain_domain_key" ON "source_domain"("domain");

-- AddForeignKey
ALTER TABLE "article" ADD CONSTRAINT "article_current_revision_fkey" FOREIGN KEY ("id", "revision") REFERENCES "revision"("article_id", "number") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "revision" ADD CONSTRAINT "revision_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tag_alias" ADD CONSTRAINT "tag_alias_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tag"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "topic_alias" ADD CONSTRAINT "topic_alias_topic_id_fkey" FOREIGN KEY ("topic_id") REFERENCES "topic"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "author_alias" ADD CONSTRAINT "author_alias_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_tag" ADD CONSTRAINT "article_tag_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_tag" ADD CONSTRAINT "article_tag_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tag"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_topic" ADD CONSTRAINT "article_topic_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_topic" ADD CONSTRAINT "article_topic_topic_id_fkey" FOREIGN KEY ("topic_id") REFERENCES "topic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_author" ADD CONSTRAINT "article_author_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_author" ADD CONSTRAINT "article_author_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "source_domain"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema can't say, written by hand. (So is COLLATE "C" above: keys sort by their bytes, the same on
-- every server, and a prefix is a range.)

-- Rows that point at each other, or are claimed before what they belong to is there: checked at COMMIT.
ALTER TABLE "article" ALTER CONSTRAINT "article_current_revision_fkey" DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "tag_alias" ALTER CONSTRAINT "tag_alias_tag_id_fkey" DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "topic_alias" ALTER CONSTRAINT "topic_alias_topic_id_fkey" DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "author_alias" ALTER CONSTRAINT "author_alias_author_id_fkey" DEFERRABLE INITIALLY DEFERRED;

-- A slug is free again when its article is in the trash. Slug first: it is also looked up without a locale.
CREATE UNIQUE INDEX "article_slug_locale_key" ON "article" ("slug", "locale") WHERE "trashed_at" IS NULL;
-- The list of what readers see, newest first.
CREATE INDEX "article_published_idx" ON "article" ("published_at" DESC, "id" DESC)
  WHERE "status" = 'published' AND "trashed_at" IS NULL;
CREATE INDEX "article_translation_idx" ON "article" ("translation_key") WHERE "translation_key" IS NOT NULL;

-- Room on the page for new versions of a row, so that changes of status touch no index.
ALTER TABLE "article" SET (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02);

ALTER TABLE "article"
  ADD CONSTRAINT "article_slug_check" CHECK (char_length("slug") BETWEEN 1 AND 200
    AND "slug" !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'),
  ADD CONSTRAINT "article_locale_check" CHECK (char_length("locale") BETWEEN 2 AND 35),
  ADD CONSTRAINT "article_title_check" CHECK ("title" <> ''),
  ADD CONSTRAINT "article_published_check" CHECK ("status" <> 'published' OR "published_at" IS NOT NULL),
  ADD CONSTRAINT "article_counts_check" CHECK ("revision" >= 1 AND "word_count" >= 0 AND "reading_minutes" >= 0
    AND "citation_count" >= 0),
  ADD CONSTRAINT "article_json_check" CHECK (jsonb_typeof("toc") = 'array' AND jsonb_typeof("meta") = 'object'
    AND ("featured_image" IS NULL OR jsonb_typeof("featured_image") = 'object'));

ALTER TABLE "revision" ADD CONSTRAINT "revision_number_check" CHECK ("number" >= 1);

-- A revision is history: nothing but the moment when readers first saw it may be set later.
CREATE FUNCTION "refuse_revision_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A revision can not be changed.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER "revision_is_insert_only" BEFORE UPDATE ON "revision" FOR EACH ROW
  WHEN (to_jsonb(OLD) - 'public_from' IS DISTINCT FROM to_jsonb(NEW) - 'public_from')
  EXECUTE FUNCTION "refuse_revision_change"();

ALTER TABLE "tag" ADD CONSTRAINT "tag_check" CHECK ("slug" <> '' AND "name" <> '');
ALTER TABLE "topic" ADD CONSTRAINT "topic_check" CHECK ("slug" <> '' AND "name" <> '');
ALTER TABLE "author" ADD CONSTRAINT "author_check" CHECK ("slug" <> '' AND "name" <> '');
-- A btree refuses keys over 2,704 bytes: said here, where it can be understood.
ALTER TABLE "tag_alias" ADD CONSTRAINT "tag_alias_check" CHECK (octet_length("norm") BETWEEN 1 AND 2000);
ALTER TABLE "topic_alias" ADD CONSTRAINT "topic_alias_check" CHECK (octet_length("norm") BETWEEN 1 AND 2000);
ALTER TABLE "author_alias" ADD CONSTRAINT "author_alias_check" CHECK (octet_length("norm") BETWEEN 1 AND 2000);

ALTER TABLE "article_tag" ADD CONSTRAINT "article_tag_position_check" CHECK ("position" >= 0);
ALTER TABLE "article_topic" ADD CONSTRAINT "article_topic_position_check" CHECK ("position" >= 0);
ALTER TABLE "article_author" ADD CONSTRAINT "article_author_position_check" CHECK ("position" >= 0);

ALTER TABLE "citation"
  ADD CONSTRAINT "citation_label_check" CHECK (octet_length("label") BETWEEN 1 AND 2000),
  ADD CONSTRAINT "citation_order_check" CHECK ("position" >= 0 AND "ordinal" >= 1 AND "reference_count" >= 0),
  ADD CONSTRAINT "citation_authors_check" CHECK (jsonb_typeof("authors") = 'array'),
  ADD CONSTRAINT "citation_published_check" CHECK (("published_on" IS NULL) = ("published_on_precision" IS NULL)),
  ADD CONSTRAINT "citation_accessed_check" CHECK (("accessed_on" IS NULL) = ("accessed_on_precision" IS NULL));

ALTER TABLE "source" ADD CONSTRAINT "source_url_key_check" CHECK (octet_length("url_key") = 16);
ALTER TABLE "source_domain" ADD CONSTRAINT "source_domain_check" CHECK (octet_length("domain") BETWEEN 1 AND 2000);

ALTER TABLE "api_key" ADD CONSTRAINT "api_key_check" CHECK ("id" ~ '^[A-Za-z0-9]{8,16}$'
  AND octet_length("secret_hash") = 32 AND "name" <> '');
