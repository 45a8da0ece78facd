ALTER TABLE "sync_states" ADD COLUMN "epoch_change" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_states" ADD COLUMN "forgotten_change" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "companies_tenant_deleted" ON "companies" USING btree ("tenant_id","change","n") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "companies_deleted" ON "companies" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "contacts_tenant_deleted" ON "contacts" USING btree ("tenant_id","change","n") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "contacts_deleted" ON "contacts" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "departments_tenant_deleted" ON "departments" USING btree ("tenant_id","change","n") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "departments_deleted" ON "departments" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "dossiers_tenant_deleted" ON "dossiers" USING btree ("tenant_id","change","n") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "dossiers_deleted" ON "dossiers" USING btree ("deleted_at") WHERE deleted_at is not null;