CREATE TABLE "outage_history" (
	"id" text PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"kind" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"outcome" text,
	"connections" integer
);
--> statement-breakpoint
DROP INDEX "connections_urgency";--> statement-breakpoint
DROP INDEX "connections_provider_urgency";--> statement-breakpoint
DROP INDEX "connections_sort_name";--> statement-breakpoint
DROP INDEX "connections_provider_sort_name";--> statement-breakpoint
DROP INDEX "connections_urgency_sort_name";--> statement-breakpoint
DROP INDEX "connections_provider_urgency_sort_name";--> statement-breakpoint
DROP INDEX "connections_provider_superseded";--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "archived_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "noted_by" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "noted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "archived_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "outage_history_since" ON "outage_history" USING btree ("since");--> statement-breakpoint
CREATE INDEX "connections_archived" ON "connections" USING btree ("sort_name","id") WHERE superseded_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "tenants_archived" ON "tenants" USING btree ("archived_at","id") WHERE archived_at is not null;--> statement-breakpoint
CREATE INDEX "connections_urgency" ON "connections" USING btree ("urgency","since","id","tenant_id") WHERE coalesce(superseded_at, archived_at) is null;--> statement-breakpoint
CREATE INDEX "connections_provider_urgency" ON "connections" USING btree ("provider","urgency","since","id") WHERE coalesce(superseded_at, archived_at) is null;--> statement-breakpoint
CREATE INDEX "connections_sort_name" ON "connections" USING btree ("sort_name","id") WHERE coalesce(superseded_at, archived_at) is null;--> statement-breakpoint
CREATE INDEX "connections_provider_sort_name" ON "connections" USING btree ("provider","sort_name","id") WHERE coalesce(superseded_at, archived_at) is null;--> statement-breakpoint
CREATE INDEX "connections_urgency_sort_name" ON "connections" USING btree ("urgency","sort_name","id") WHERE coalesce(superseded_at, archived_at) is null;--> statement-breakpoint
CREATE INDEX "connections_provider_urgency_sort_name" ON "connections" USING btree ("provider","urgency","sort_name","id") WHERE coalesce(superseded_at, archived_at) is null;--> statement-breakpoint
CREATE INDEX "connections_provider_superseded" ON "connections" USING btree ("provider","superseded_at","state") WHERE archived_at is null;