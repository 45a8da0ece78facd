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
ALTER TABLE "connections" ADD COLUMN "disconnected_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "erased_ids" ADD CONSTRAINT "erased_ids_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_keys" ADD CONSTRAINT "erasure_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "erased_ids_record" ON "erased_ids" USING btree ("tenant_id","kind","id_hash");