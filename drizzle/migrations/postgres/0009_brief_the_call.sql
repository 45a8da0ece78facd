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
CREATE INDEX "outage_history_since" ON "outage_history" USING btree ("since");