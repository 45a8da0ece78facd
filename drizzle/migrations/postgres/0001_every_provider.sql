CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"kind" text NOT NULL,
	"once_key" text NOT NULL,
	"tenant_id" text,
	"user_id" text,
	"payload" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"lease_until" timestamp (3) with time zone,
	"attempts" integer NOT NULL,
	"delivered_at" timestamp (3) with time zone,
	"last_answer" text,
	CONSTRAINT "deliveries_onceKey_unique" UNIQUE("once_key")
);
--> statement-breakpoint
CREATE TABLE "guide_steps" (
	"tenant_id" text NOT NULL,
	"step" text NOT NULL,
	"done_at" timestamp (3) with time zone NOT NULL,
	"choice" text
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"tenant_id" text NOT NULL,
	"word" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
DROP INDEX "connections_state_since";--> statement-breakpoint
DROP INDEX "tenants_name";--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "target" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "superseded_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "urgency" integer GENERATED ALWAYS AS (case
  when state = 'unconfigured' then 6
  when not enabled then 5
  when state = 'reconnect_required' then 0
  when state = 'misconfigured' then 1
  when state = 'degraded' then 2
  when state = 'awaiting_authorization' then 3
  else 4 end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "sort_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "alerted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "recovery_told_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "journal" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "sort_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "token_sets" ADD COLUMN "target" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "oidc_issuer" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "oidc_subject" text;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guide_steps" ADD CONSTRAINT "guide_steps_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_words" ADD CONSTRAINT "search_words_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "deliveries_tenant" ON "deliveries" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "deliveries_created" ON "deliveries" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "guide_steps_tenant_step" ON "guide_steps" USING btree ("tenant_id","step");--> statement-breakpoint
CREATE UNIQUE INDEX "search_words_word" ON "search_words" USING btree ("word","tenant_id");--> statement-breakpoint
CREATE INDEX "search_words_tenant" ON "search_words" USING btree ("tenant_id","word");--> statement-breakpoint
CREATE INDEX "connections_urgency" ON "connections" USING btree ("urgency","since","id");--> statement-breakpoint
CREATE INDEX "connections_provider_urgency" ON "connections" USING btree ("provider","urgency","since","id");--> statement-breakpoint
CREATE INDEX "connections_sort_name" ON "connections" USING btree ("sort_name","id");--> statement-breakpoint
CREATE INDEX "connections_provider_sort_name" ON "connections" USING btree ("provider","sort_name","id");--> statement-breakpoint
CREATE INDEX "connections_urgency_sort_name" ON "connections" USING btree ("urgency","sort_name","id");--> statement-breakpoint
CREATE INDEX "connections_provider_superseded" ON "connections" USING btree ("provider","superseded_at","state");--> statement-breakpoint
CREATE INDEX "incidents_untold" ON "incidents" USING btree ("alerted_at","closed_at","opened_at");--> statement-breakpoint
CREATE INDEX "incidents_recovery_untold" ON "incidents" USING btree ("recovery_told_at","closed_at");--> statement-breakpoint
CREATE INDEX "journal_tenant_event_at" ON "journal" USING btree ("tenant_id","event","at","id");--> statement-breakpoint
CREATE INDEX "tenants_sort_name" ON "tenants" USING btree ("sort_name","id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_oidc" ON "users" USING btree ("oidc_issuer","oidc_subject");