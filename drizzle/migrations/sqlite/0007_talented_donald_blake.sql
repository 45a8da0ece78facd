CREATE INDEX `companies_tenant_odd` ON `companies` (`tenant_id`,`n`) WHERE deleted_at is null and (name = '' or kept_at is not null or updated_at is null);--> statement-breakpoint
CREATE INDEX `contacts_tenant_odd` ON `contacts` (`tenant_id`,`n`) WHERE deleted_at is null and (name = '' or kept_at is not null or updated_at is null);--> statement-breakpoint
CREATE INDEX `departments_tenant_odd` ON `departments` (`tenant_id`,`n`) WHERE deleted_at is null and (name = '' or kept_at is not null);--> statement-breakpoint
CREATE INDEX `dossiers_tenant_odd` ON `dossiers` (`tenant_id`,`n`) WHERE deleted_at is null and (name = '' or kept_at is not null);--> statement-breakpoint
CREATE INDEX `sync_states_incomplete` ON `sync_states` (`tenant_id`) WHERE complete_at is null or proven_at is null;--> statement-breakpoint
CREATE INDEX `sync_states_complete` ON `sync_states` (`complete_at`) WHERE stopped_at is null;