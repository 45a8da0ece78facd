DROP INDEX "clients_tenant_provider_identifier";--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "shared" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "clients_tenant_provider_identifier_shared" ON "clients" USING btree ("tenant_id","provider","identifier","shared");