ALTER TABLE `sync_states` ADD `epoch_change` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sync_states` ADD `forgotten_change` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `companies_tenant_deleted` ON `companies` (`tenant_id`,`change`,`n`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX `companies_deleted` ON `companies` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX `contacts_tenant_deleted` ON `contacts` (`tenant_id`,`change`,`n`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX `contacts_deleted` ON `contacts` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX `departments_tenant_deleted` ON `departments` (`tenant_id`,`change`,`n`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX `departments_deleted` ON `departments` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX `dossiers_tenant_deleted` ON `dossiers` (`tenant_id`,`change`,`n`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX `dossiers_deleted` ON `dossiers` (`deleted_at`) WHERE deleted_at is not null;