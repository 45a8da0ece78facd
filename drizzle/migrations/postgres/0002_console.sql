DROP INDEX "connections_urgency";--> statement-breakpoint
DROP INDEX "connections_provider_urgency";--> statement-breakpoint
DROP INDEX "connections_sort_name";--> statement-breakpoint
DROP INDEX "connections_provider_sort_name";--> statement-breakpoint
DROP INDEX "connections_urgency_sort_name";--> statement-breakpoint
ALTER TABLE "connections" ALTER COLUMN "sort_name" SET DATA TYPE text COLLATE "C";--> statement-breakpoint
ALTER TABLE "connections" ALTER COLUMN "sort_name" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "tenants" ALTER COLUMN "sort_name" SET DATA TYPE text COLLATE "C";--> statement-breakpoint
ALTER TABLE "tenants" ALTER COLUMN "sort_name" SET DEFAULT '';--> statement-breakpoint
CREATE INDEX "connections_provider_urgency_sort_name" ON "connections" USING btree ("provider","urgency","sort_name","id") WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX "pending_authorizations_step" ON "pending_authorizations" USING btree ("step","stepped_at");--> statement-breakpoint
CREATE INDEX "connections_urgency" ON "connections" USING btree ("urgency","since","id","tenant_id") WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX "connections_provider_urgency" ON "connections" USING btree ("provider","urgency","since","id") WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX "connections_sort_name" ON "connections" USING btree ("sort_name","id") WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX "connections_provider_sort_name" ON "connections" USING btree ("provider","sort_name","id") WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX "connections_urgency_sort_name" ON "connections" USING btree ("urgency","sort_name","id") WHERE superseded_at is null;