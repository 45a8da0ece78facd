CREATE TABLE "erased_ids" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"kind" text NOT NULL,
	"id_hash" text NOT NULL,
	"erased_at" timestamp (3) with time zone NOT NULL,
	"erased_by" text NOT NULL,
	"met_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "erasure_keys" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"sealed_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"addressee" text NOT NULL,
	"tenant_id" text,
	"role" text NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"locale" text NOT NULL,
	"invited_by" text,
	"token_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "invitations_addressee_unique" UNIQUE("addressee"),
	CONSTRAINT "invitations_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "disconnected_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "erased_ids" ADD CONSTRAINT "erased_ids_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_keys" ADD CONSTRAINT "erasure_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "erased_ids_record" ON "erased_ids" USING btree ("tenant_id","kind","id_hash");--> statement-breakpoint
CREATE INDEX "invitations_tenant" ON "invitations" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "invitations_email" ON "invitations" USING btree ("email");--> statement-breakpoint
CREATE INDEX "invitations_inviter" ON "invitations" USING btree ("invited_by");--> statement-breakpoint
CREATE INDEX "invitations_expires" ON "invitations" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "companies_tenant_odd" ON "companies" USING btree ("tenant_id","n") WHERE deleted_at is null and (name = '' or kept_at is not null or updated_at is null);--> statement-breakpoint
CREATE INDEX "contacts_tenant_odd" ON "contacts" USING btree ("tenant_id","n") WHERE deleted_at is null and (name = '' or kept_at is not null or updated_at is null);--> statement-breakpoint
CREATE INDEX "departments_tenant_odd" ON "departments" USING btree ("tenant_id","n") WHERE deleted_at is null and (name = '' or kept_at is not null);--> statement-breakpoint
CREATE INDEX "dossiers_tenant_odd" ON "dossiers" USING btree ("tenant_id","n") WHERE deleted_at is null and (name = '' or kept_at is not null);--> statement-breakpoint
CREATE INDEX "sync_states_incomplete" ON "sync_states" USING btree ("tenant_id") WHERE complete_at is null or proven_at is null;--> statement-breakpoint
CREATE INDEX "sync_states_late" ON "sync_states" USING btree ("complete_at") WHERE stopped_at is null;--> statement-breakpoint
CREATE INDEX "sync_states_complete" ON "sync_states" USING btree ("list","complete_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "sync_states_proven" ON "sync_states" USING btree ("list","proven_at") WHERE due_at is not null;--> statement-breakpoint
INSERT INTO "invitations" ("id", "addressee", "tenant_id", "role", "email", "name", "locale", "token_hash", "created_at", "expires_at", "revoked_at")
SELECT u.id, coalesce(u.tenant_id, 'support') || ' ' || u.email, u.tenant_id, u.role, u.email, u.name, u.locale, coalesce(l.token_hash, u.id), coalesce(l.created_at, u.created_at), coalesce(l.expires_at, u.created_at), u.disabled_at
FROM "users" u LEFT JOIN "one_time_links" l ON l.user_id = u.id AND l.kind = 'invitation'
WHERE u.password_hash IS NULL AND u.oidc_subject IS NULL AND l.used_at IS NULL AND u.email NOT LIKE '%@released.invalid';
--> statement-breakpoint
DELETE FROM "one_time_links" WHERE "kind" = 'invitation';
--> statement-breakpoint
DELETE FROM "users" WHERE "id" IN (SELECT "id" FROM "invitations");
