CREATE TABLE "high_water_marks" (
	"name" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "restored_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "outages" ADD COLUMN "refused_probes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "outages" ADD COLUMN "believed_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "connections_restored" ON "connections" USING btree ("restored_at","id") WHERE restored_at is not null;