CREATE TABLE "company_words" (
	"tenant" integer NOT NULL,
	"word" text COLLATE "C" NOT NULL,
	"record" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_words" (
	"tenant" integer NOT NULL,
	"word" text COLLATE "C" NOT NULL,
	"record" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "department_words" (
	"tenant" integer NOT NULL,
	"word" text COLLATE "C" NOT NULL,
	"record" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dossier_words" (
	"tenant" integer NOT NULL,
	"word" text COLLATE "C" NOT NULL,
	"record" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "sort_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "facet" text;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "sort_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "facet" text;--> statement-breakpoint
ALTER TABLE "departments" ADD COLUMN "sort_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "departments" ADD COLUMN "facet" text;--> statement-breakpoint
ALTER TABLE "dossiers" ADD COLUMN "sort_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "dossiers" ADD COLUMN "facet" text;--> statement-breakpoint
ALTER TABLE "sync_states" ADD COLUMN "epoch_change" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_states" ADD COLUMN "forgotten_change" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "company_words" ADD CONSTRAINT "company_words_record_companies_n_fk" FOREIGN KEY ("record") REFERENCES "public"."companies"("n") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_words" ADD CONSTRAINT "contact_words_record_contacts_n_fk" FOREIGN KEY ("record") REFERENCES "public"."contacts"("n") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_words" ADD CONSTRAINT "department_words_record_departments_n_fk" FOREIGN KEY ("record") REFERENCES "public"."departments"("n") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dossier_words" ADD CONSTRAINT "dossier_words_record_dossiers_n_fk" FOREIGN KEY ("record") REFERENCES "public"."dossiers"("n") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "company_words_word" ON "company_words" USING btree ("tenant","word","record");--> statement-breakpoint
CREATE INDEX "company_words_record" ON "company_words" USING btree ("record","word");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_words_word" ON "contact_words" USING btree ("tenant","word","record");--> statement-breakpoint
CREATE INDEX "contact_words_record" ON "contact_words" USING btree ("record","word");--> statement-breakpoint
CREATE UNIQUE INDEX "department_words_word" ON "department_words" USING btree ("tenant","word","record");--> statement-breakpoint
CREATE INDEX "department_words_record" ON "department_words" USING btree ("record","word");--> statement-breakpoint
CREATE UNIQUE INDEX "dossier_words_word" ON "dossier_words" USING btree ("tenant","word","record");--> statement-breakpoint
CREATE INDEX "dossier_words_record" ON "dossier_words" USING btree ("record","word");--> statement-breakpoint
CREATE INDEX "companies_tenant_name" ON "companies" USING btree ("tenant_id","sort_name","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "companies_tenant_status_name" ON "companies" USING btree ("tenant_id","status","sort_name","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "companies_tenant_facet_name" ON "companies" USING btree ("tenant_id","facet","sort_name","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "companies_tenant_at" ON "companies" USING btree ("tenant_id","sort_at","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "companies_tenant_status_at" ON "companies" USING btree ("tenant_id","status","sort_at","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "companies_tenant_facet_at" ON "companies" USING btree ("tenant_id","facet","sort_at","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "companies_tenant_deleted" ON "companies" USING btree ("tenant_id","change","n") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "companies_deleted" ON "companies" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "contacts_tenant_name" ON "contacts" USING btree ("tenant_id","sort_name","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contacts_tenant_status_name" ON "contacts" USING btree ("tenant_id","status","sort_name","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contacts_tenant_facet_name" ON "contacts" USING btree ("tenant_id","facet","sort_name","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contacts_tenant_at" ON "contacts" USING btree ("tenant_id","sort_at","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contacts_tenant_status_at" ON "contacts" USING btree ("tenant_id","status","sort_at","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contacts_tenant_facet_at" ON "contacts" USING btree ("tenant_id","facet","sort_at","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contacts_tenant_deleted" ON "contacts" USING btree ("tenant_id","change","n") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "contacts_deleted" ON "contacts" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "departments_tenant_name" ON "departments" USING btree ("tenant_id","sort_name","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "departments_tenant_status_name" ON "departments" USING btree ("tenant_id","status","sort_name","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "departments_tenant_facet_name" ON "departments" USING btree ("tenant_id","facet","sort_name","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "departments_tenant_at" ON "departments" USING btree ("tenant_id","sort_at","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "departments_tenant_status_at" ON "departments" USING btree ("tenant_id","status","sort_at","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "departments_tenant_facet_at" ON "departments" USING btree ("tenant_id","facet","sort_at","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "departments_tenant_deleted" ON "departments" USING btree ("tenant_id","change","n") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "departments_deleted" ON "departments" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "dossiers_tenant_name" ON "dossiers" USING btree ("tenant_id","sort_name","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "dossiers_tenant_status_name" ON "dossiers" USING btree ("tenant_id","status","sort_name","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "dossiers_tenant_facet_name" ON "dossiers" USING btree ("tenant_id","facet","sort_name","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "dossiers_tenant_at" ON "dossiers" USING btree ("tenant_id","sort_at","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "dossiers_tenant_status_at" ON "dossiers" USING btree ("tenant_id","status","sort_at","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "dossiers_tenant_facet_at" ON "dossiers" USING btree ("tenant_id","facet","sort_at","n") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "dossiers_tenant_deleted" ON "dossiers" USING btree ("tenant_id","change","n") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "dossiers_deleted" ON "dossiers" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "journal_event_at" ON "journal" USING btree ("event","at","id");--> statement-breakpoint
UPDATE "companies" SET "sort_at" = coalesce("updated_at", "added_at", to_timestamp(0)), "digest" = '' WHERE deleted_at IS NULL;--> statement-breakpoint
UPDATE "contacts" SET "sort_at" = coalesce("updated_at", "added_at", to_timestamp(0)), "digest" = '' WHERE deleted_at IS NULL;--> statement-breakpoint
UPDATE "departments" SET "sort_at" = coalesce("updated_at", "added_at", to_timestamp(0)), "digest" = '' WHERE deleted_at IS NULL;--> statement-breakpoint
UPDATE "dossiers" SET "sort_at" = coalesce("updated_at", "added_at", to_timestamp(0)), "digest" = '' WHERE deleted_at IS NULL;
