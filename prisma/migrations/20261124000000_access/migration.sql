-- Who may do what: the life of API keys, the audit, and what was deleted for good.
-- CreateEnum
CREATE TYPE "audit_outcome" AS ENUM ('done', 'refused');

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "created_by" TEXT,
ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN     "locales" JSONB,
ADD COLUMN     "previous_secret_hash" BYTEA,
ADD COLUMN     "previous_until" TIMESTAMPTZ(3),
ADD COLUMN     "revoked_at" TIMESTAMPTZ(3),
ADD COLUMN     "topic_ids" JSONB;

-- CreateTable
CREATE TABLE "key_version" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "version" BIGINT NOT NULL,

    CONSTRAINT "key_version_pkey" PRIMARY KEY ("only")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "outcome" "audit_outcome" NOT NULL DEFAULT 'done',
    "action" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT,
    "subject_kind" TEXT,
    "subject" TEXT,
    "became" TEXT,
    "article_id" UUID,
    "before_revision" INTEGER,
    "after_revision" INTEGER,
    "reason" TEXT,
    "address" TEXT,
    "request_id" TEXT,
    "status" INTEGER,
    "count" INTEGER NOT NULL DEFAULT 1,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deleted_article" (
    "id" UUID NOT NULL,
    "locale" TEXT COLLATE "C" NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "deleted_article_pkey" PRIMARY KEY ("id","locale","slug")
);

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_id_idx" ON "audit_entry"("actor_id", "id");

-- CreateIndex
CREATE INDEX "audit_entry_article_id_id_idx" ON "audit_entry"("article_id", "id");

-- CreateIndex
CREATE INDEX "audit_entry_action_id_idx" ON "audit_entry"("action", "id");

-- CreateIndex
CREATE INDEX "audit_entry_address_id_idx" ON "audit_entry"("address", "id");

-- CreateIndex
CREATE INDEX "audit_entry_request_id_id_idx" ON "audit_entry"("request_id", "id");

-- What was refused, among the many entries of what was done.
CREATE INDEX "audit_entry_refused_idx" ON "audit_entry"("id") WHERE "outcome" = 'refused';

-- CreateIndex
CREATE INDEX "deleted_article_slug_idx" ON "deleted_article"("slug");

ALTER TABLE "api_key"
    ADD CONSTRAINT "api_key_previous_check" CHECK (("previous_secret_hash" IS NULL) = ("previous_until" IS NULL)),
    ADD CONSTRAINT "api_key_locales_check" CHECK ("locales" IS NULL OR jsonb_typeof("locales") = 'array'),
    ADD CONSTRAINT "api_key_topics_check" CHECK ("topic_ids" IS NULL OR jsonb_typeof("topic_ids") = 'array');

-- The change of a key is known to all nodes by one number; its last use is no change.
ALTER TABLE "key_version" ADD CONSTRAINT "key_version_only_check" CHECK ("only");
INSERT INTO "key_version" ("version") VALUES (1);
CREATE FUNCTION "count_key_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE "key_version" SET "version" = "version" + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER "api_key_change_counts" AFTER INSERT OR DELETE OR UPDATE OF
    "name", "role", "secret_hash", "previous_secret_hash", "previous_until", "expires_at", "locales", "topic_ids", "revoked_at"
    ON "api_key" FOR EACH STATEMENT EXECUTE FUNCTION "count_key_change"();

-- The audit is written once. What the law wants erased is erased by one function, which says so in the entry.
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_count_check" CHECK ("count" > 0);
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever sets the setting by hand can do no more than erase_audit_entry() does.
    IF TG_OP = 'UPDATE' AND current_setting('masthead.erased_entry', true) = OLD."id"::text THEN
        IF num_nonnulls(NEW."actor_id", NEW."actor_name", NEW."address", NEW."request_id") = 0 AND NEW."erased_at" IS NOT NULL
           AND to_jsonb(NEW) - ARRAY['actor_id', 'actor_name', 'address', 'request_id', 'reason', 'erased_at']
             = to_jsonb(OLD) - ARRAY['actor_id', 'actor_name', 'address', 'request_id', 'reason', 'erased_at']
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'The audit is written once: % refused.', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER "audit_is_insert_only" BEFORE UPDATE OR DELETE ON "audit_entry"
    FOR EACH ROW EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "audit_is_not_emptied" BEFORE TRUNCATE ON "audit_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();

-- Takes the person out of an entry; when, what and on what stay. False: there is no such entry.
CREATE FUNCTION "erase_audit_entry"("entry" uuid, "why" text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    is_there boolean;
BEGIN
    PERFORM set_config('masthead.erased_entry', "entry"::text, true);
    UPDATE "audit_entry" SET "actor_id" = NULL, "actor_name" = NULL, "address" = NULL, "request_id" = NULL,
           "reason" = "why", "erased_at" = clock_timestamp() WHERE "id" = "entry";
    is_there := FOUND;
    PERFORM set_config('masthead.erased_entry', '', true);
    RETURN is_there;
END $$;
