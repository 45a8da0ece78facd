CREATE TABLE `companies` (
	`n` integer PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`name` text NOT NULL,
	`sort_name` text NOT NULL,
	`status` text,
	`body` text,
	`digest` text NOT NULL,
	`change` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`added_at` integer,
	`updated_at` integer,
	`deleted_at` integer,
	`missing_at` integer,
	`kept_at` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `companies_tenant_provider_id` ON `companies` (`tenant_id`,`provider_id`);--> statement-breakpoint
CREATE INDEX `companies_tenant_change` ON `companies` (`tenant_id`,`change`,`n`);--> statement-breakpoint
CREATE INDEX `companies_tenant_n` ON `companies` (`tenant_id`,`n`) WHERE deleted_at is null and kept_at is null;--> statement-breakpoint
CREATE INDEX `companies_tenant_missing` ON `companies` (`tenant_id`,`n`) WHERE missing_at is not null and kept_at is null;--> statement-breakpoint
CREATE TABLE `contacts` (
	`n` integer PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`name` text NOT NULL,
	`sort_name` text NOT NULL,
	`status` text,
	`body` text,
	`digest` text NOT NULL,
	`change` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`added_at` integer,
	`updated_at` integer,
	`deleted_at` integer,
	`missing_at` integer,
	`kept_at` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_tenant_provider_id` ON `contacts` (`tenant_id`,`provider_id`);--> statement-breakpoint
CREATE INDEX `contacts_tenant_change` ON `contacts` (`tenant_id`,`change`,`n`);--> statement-breakpoint
CREATE INDEX `contacts_tenant_n` ON `contacts` (`tenant_id`,`n`) WHERE deleted_at is null and kept_at is null;--> statement-breakpoint
CREATE INDEX `contacts_tenant_missing` ON `contacts` (`tenant_id`,`n`) WHERE missing_at is not null and kept_at is null;--> statement-breakpoint
CREATE TABLE `departments` (
	`n` integer PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`name` text NOT NULL,
	`sort_name` text NOT NULL,
	`status` text,
	`body` text,
	`digest` text NOT NULL,
	`change` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`added_at` integer,
	`updated_at` integer,
	`deleted_at` integer,
	`missing_at` integer,
	`kept_at` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `departments_tenant_provider_id` ON `departments` (`tenant_id`,`provider_id`);--> statement-breakpoint
CREATE INDEX `departments_tenant_change` ON `departments` (`tenant_id`,`change`,`n`);--> statement-breakpoint
CREATE INDEX `departments_tenant_n` ON `departments` (`tenant_id`,`n`) WHERE deleted_at is null and kept_at is null;--> statement-breakpoint
CREATE INDEX `departments_tenant_missing` ON `departments` (`tenant_id`,`n`) WHERE missing_at is not null and kept_at is null;--> statement-breakpoint
CREATE TABLE `dossiers` (
	`n` integer PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`name` text NOT NULL,
	`sort_name` text NOT NULL,
	`status` text,
	`body` text,
	`digest` text NOT NULL,
	`change` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`added_at` integer,
	`updated_at` integer,
	`deleted_at` integer,
	`missing_at` integer,
	`kept_at` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `dossiers_tenant_provider_id` ON `dossiers` (`tenant_id`,`provider_id`);--> statement-breakpoint
CREATE INDEX `dossiers_tenant_change` ON `dossiers` (`tenant_id`,`change`,`n`);--> statement-breakpoint
CREATE INDEX `dossiers_tenant_n` ON `dossiers` (`tenant_id`,`n`) WHERE deleted_at is null and kept_at is null;--> statement-breakpoint
CREATE INDEX `dossiers_tenant_missing` ON `dossiers` (`tenant_id`,`n`) WHERE missing_at is not null and kept_at is null;--> statement-breakpoint
CREATE TABLE `erased_records` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`list` text NOT NULL,
	`mark` text NOT NULL,
	`at` integer NOT NULL,
	`erased_by` text,
	`seen_at` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`erased_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `erased_records_tenant_list_mark` ON `erased_records` (`tenant_id`,`list`,`mark`);--> statement-breakpoint
CREATE TABLE `erasure_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`sealed_key` text NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `erasure_keys_tenantId_unique` ON `erasure_keys` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `sync_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`list` text NOT NULL,
	`kind` text NOT NULL,
	`requested_by` text,
	`started_at` integer NOT NULL,
	`finished_at` integer NOT NULL,
	`outcome` text NOT NULL,
	`tally` text NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `sync_runs_tenant_list` ON `sync_runs` (`tenant_id`,`list`,`finished_at`);--> statement-breakpoint
CREATE TABLE `sync_states` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`provider` text NOT NULL,
	`list` text NOT NULL,
	`account_id` text,
	`epoch` integer DEFAULT 1 NOT NULL,
	`due_at` integer,
	`lease_owner` text,
	`lease_until` integer,
	`step` integer DEFAULT 0 NOT NULL,
	`change` integer DEFAULT 0 NOT NULL,
	`checkpoint` text NOT NULL,
	`phase` text,
	`tally` text NOT NULL,
	`started_at` integer,
	`requested_by` text,
	`complete_at` integer,
	`proven_at` integer,
	`failure` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`held_at` integer,
	`stopped_at` integer,
	`stopped_by` text,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`connection_id`) REFERENCES `connections`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`stopped_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_states_tenant_list` ON `sync_states` (`tenant_id`,`list`);--> statement-breakpoint
CREATE INDEX `sync_states_due` ON `sync_states` (`due_at`);--> statement-breakpoint
CREATE INDEX `sync_states_connection` ON `sync_states` (`connection_id`);--> statement-breakpoint
CREATE INDEX `sync_states_waiting` ON `sync_states` (`id`) WHERE due_at is null and stopped_at is null;