CREATE TABLE "provider_webhooks" (
	"connection_id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"provider" text NOT NULL,
	"state" text NOT NULL,
	"secret_hash" text,
	"due_at" timestamp (3) with time zone NOT NULL,
	"last_hint_at" timestamp (3) with time zone,
	CONSTRAINT "provider_webhooks_secretHash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "rate_budgets" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"spent" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_hints" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"kind" text NOT NULL,
	"provider_id" text NOT NULL,
	"told" integer NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "provider_webhooks" ADD CONSTRAINT "provider_webhooks_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_webhooks" ADD CONSTRAINT "provider_webhooks_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_hints" ADD CONSTRAINT "webhook_hints_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "provider_webhooks_due" ON "provider_webhooks" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "provider_webhooks_tenant" ON "provider_webhooks" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "rate_budgets_updated" ON "rate_budgets" USING btree ("updated_at");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_hints_record" ON "webhook_hints" USING btree ("tenant_id","kind","provider_id");--> statement-breakpoint
CREATE INDEX "webhook_hints_due" ON "webhook_hints" USING btree ("due_at");