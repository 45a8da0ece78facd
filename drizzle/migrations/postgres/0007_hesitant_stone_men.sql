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
CREATE TABLE "erased_records" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"list" text NOT NULL,
	"mark" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"erased_by" text,
	"seen_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "erasure_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"sealed_key" text NOT NULL,
	CONSTRAINT "erasure_keys_tenantId_unique" UNIQUE("tenant_id")
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
ALTER TABLE "companies" ADD CONSTRAINT "companies_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departments" ADD CONSTRAINT "departments_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dossiers" ADD CONSTRAINT "dossiers_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erased_records" ADD CONSTRAINT "erased_records_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erased_records" ADD CONSTRAINT "erased_records_erased_by_users_id_fk" FOREIGN KEY ("erased_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_keys" ADD CONSTRAINT "erasure_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_states" ADD CONSTRAINT "sync_states_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_states" ADD CONSTRAINT "sync_states_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_states" ADD CONSTRAINT "sync_states_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_states" ADD CONSTRAINT "sync_states_stopped_by_users_id_fk" FOREIGN KEY ("stopped_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
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
CREATE UNIQUE INDEX "erased_records_tenant_list_mark" ON "erased_records" USING btree ("tenant_id","list","mark");--> statement-breakpoint
CREATE INDEX "sync_runs_tenant_list" ON "sync_runs" USING btree ("tenant_id","list","finished_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sync_states_tenant_list" ON "sync_states" USING btree ("tenant_id","list");--> statement-breakpoint
CREATE INDEX "sync_states_due" ON "sync_states" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "sync_states_connection" ON "sync_states" USING btree ("connection_id");--> statement-breakpoint
CREATE INDEX "sync_states_waiting" ON "sync_states" USING btree ("id") WHERE due_at is null and stopped_at is null;