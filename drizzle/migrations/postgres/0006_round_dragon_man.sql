CREATE TABLE "companies" (
	"n" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "companies_n_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"name" text NOT NULL,
	"sort_name" text COLLATE "C" NOT NULL,
	"status" text,
	"body" jsonb,
	"digest" text NOT NULL,
	"change" integer NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"added_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"missing_at" timestamp (3) with time zone,
	"kept_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"n" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "contacts_n_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"name" text NOT NULL,
	"sort_name" text COLLATE "C" NOT NULL,
	"status" text,
	"body" jsonb,
	"digest" text NOT NULL,
	"change" integer NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"added_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"missing_at" timestamp (3) with time zone,
	"kept_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"n" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "departments_n_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"name" text NOT NULL,
	"sort_name" text COLLATE "C" NOT NULL,
	"status" text,
	"body" jsonb,
	"digest" text NOT NULL,
	"change" integer NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"added_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"missing_at" timestamp (3) with time zone,
	"kept_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "dossiers" (
	"n" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "dossiers_n_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"name" text NOT NULL,
	"sort_name" text COLLATE "C" NOT NULL,
	"status" text,
	"body" jsonb,
	"digest" text NOT NULL,
	"change" integer NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"added_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"missing_at" timestamp (3) with time zone,
	"kept_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"public_key" text NOT NULL,
	"counter" integer NOT NULL,
	"transports" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
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
CREATE TABLE "recovery_codes" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"code_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sync_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"list" text NOT NULL,
	"kind" text NOT NULL,
	"requested_by" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"tally" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_states" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"provider" text NOT NULL,
	"list" text NOT NULL,
	"account_id" text,
	"epoch" integer DEFAULT 1 NOT NULL,
	"due_at" timestamp (3) with time zone,
	"lease_owner" text,
	"lease_until" timestamp (3) with time zone,
	"step" integer DEFAULT 0 NOT NULL,
	"change" integer DEFAULT 0 NOT NULL,
	"checkpoint" jsonb NOT NULL,
	"phase" text,
	"tally" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone,
	"requested_by" text,
	"complete_at" timestamp (3) with time zone,
	"proven_at" timestamp (3) with time zone,
	"failure" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"held_at" timestamp (3) with time zone,
	"stopped_at" timestamp (3) with time zone,
	"stopped_by" text
);
--> statement-breakpoint
CREATE TABLE "totp_secrets" (
	"user_id" text PRIMARY KEY NOT NULL,
	"sealed_secret" text NOT NULL,
	"last_step" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
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
DROP INDEX "clients_tenant_provider_identifier";--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "shared" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "one_time_links" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "last_seen_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "method" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "factor_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "confirmed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "challenge" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "ip" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "device" jsonb;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "password_changed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departments" ADD CONSTRAINT "departments_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dossiers" ADD CONSTRAINT "dossiers_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_webhooks" ADD CONSTRAINT "provider_webhooks_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_webhooks" ADD CONSTRAINT "provider_webhooks_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_states" ADD CONSTRAINT "sync_states_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_states" ADD CONSTRAINT "sync_states_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_states" ADD CONSTRAINT "sync_states_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_states" ADD CONSTRAINT "sync_states_stopped_by_users_id_fk" FOREIGN KEY ("stopped_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_secrets" ADD CONSTRAINT "totp_secrets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_hints" ADD CONSTRAINT "webhook_hints_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "companies_tenant_provider_id" ON "companies" USING btree ("tenant_id","provider_id");--> statement-breakpoint
CREATE INDEX "companies_tenant_change" ON "companies" USING btree ("tenant_id","change","n");--> statement-breakpoint
CREATE INDEX "companies_tenant_n" ON "companies" USING btree ("tenant_id","n") WHERE deleted_at is null and kept_at is null;--> statement-breakpoint
CREATE INDEX "companies_tenant_missing" ON "companies" USING btree ("tenant_id","n") WHERE missing_at is not null and kept_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_tenant_provider_id" ON "contacts" USING btree ("tenant_id","provider_id");--> statement-breakpoint
CREATE INDEX "contacts_tenant_change" ON "contacts" USING btree ("tenant_id","change","n");--> statement-breakpoint
CREATE INDEX "contacts_tenant_n" ON "contacts" USING btree ("tenant_id","n") WHERE deleted_at is null and kept_at is null;--> statement-breakpoint
CREATE INDEX "contacts_tenant_missing" ON "contacts" USING btree ("tenant_id","n") WHERE missing_at is not null and kept_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "departments_tenant_provider_id" ON "departments" USING btree ("tenant_id","provider_id");--> statement-breakpoint
CREATE INDEX "departments_tenant_change" ON "departments" USING btree ("tenant_id","change","n");--> statement-breakpoint
CREATE INDEX "departments_tenant_n" ON "departments" USING btree ("tenant_id","n") WHERE deleted_at is null and kept_at is null;--> statement-breakpoint
CREATE INDEX "departments_tenant_missing" ON "departments" USING btree ("tenant_id","n") WHERE missing_at is not null and kept_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "dossiers_tenant_provider_id" ON "dossiers" USING btree ("tenant_id","provider_id");--> statement-breakpoint
CREATE INDEX "dossiers_tenant_change" ON "dossiers" USING btree ("tenant_id","change","n");--> statement-breakpoint
CREATE INDEX "dossiers_tenant_n" ON "dossiers" USING btree ("tenant_id","n") WHERE deleted_at is null and kept_at is null;--> statement-breakpoint
CREATE INDEX "dossiers_tenant_missing" ON "dossiers" USING btree ("tenant_id","n") WHERE missing_at is not null and kept_at is null;--> statement-breakpoint
CREATE INDEX "passkeys_user" ON "passkeys" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "provider_webhooks_due" ON "provider_webhooks" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "provider_webhooks_tenant" ON "provider_webhooks" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "rate_budgets_updated" ON "rate_budgets" USING btree ("updated_at");--> statement-breakpoint
CREATE UNIQUE INDEX "recovery_codes_user_hash" ON "recovery_codes" USING btree ("user_id","code_hash");--> statement-breakpoint
CREATE INDEX "sync_runs_tenant_list" ON "sync_runs" USING btree ("tenant_id","list","finished_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sync_states_tenant_list" ON "sync_states" USING btree ("tenant_id","list");--> statement-breakpoint
CREATE INDEX "sync_states_due" ON "sync_states" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "sync_states_connection" ON "sync_states" USING btree ("connection_id");--> statement-breakpoint
CREATE INDEX "sync_states_waiting" ON "sync_states" USING btree ("id") WHERE due_at is null and stopped_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_hints_record" ON "webhook_hints" USING btree ("tenant_id","kind","provider_id");--> statement-breakpoint
CREATE INDEX "webhook_hints_due" ON "webhook_hints" USING btree ("due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "clients_tenant_provider_identifier_shared" ON "clients" USING btree ("tenant_id","provider","identifier","shared");