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
CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `passkeys_user` ON `passkeys` (`user_id`);--> statement-breakpoint
CREATE TABLE `provider_webhooks` (
	`connection_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`provider` text NOT NULL,
	`state` text NOT NULL,
	`secret_hash` text,
	`due_at` integer NOT NULL,
	`last_hint_at` integer,
	FOREIGN KEY (`connection_id`) REFERENCES `connections`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `provider_webhooks_secretHash_unique` ON `provider_webhooks` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `provider_webhooks_due` ON `provider_webhooks` (`due_at`);--> statement-breakpoint
CREATE INDEX `provider_webhooks_tenant` ON `provider_webhooks` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `rate_budgets` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`spent` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `rate_budgets_updated` ON `rate_budgets` (`updated_at`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recovery_codes_user_hash` ON `recovery_codes` (`user_id`,`code_hash`);--> statement-breakpoint
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
CREATE INDEX `sync_states_waiting` ON `sync_states` (`id`) WHERE due_at is null and stopped_at is null;--> statement-breakpoint
CREATE TABLE `totp_secrets` (
	`user_id` text PRIMARY KEY NOT NULL,
	`sealed_secret` text NOT NULL,
	`last_step` integer NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `webhook_hints` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`kind` text NOT NULL,
	`provider_id` text NOT NULL,
	`told` integer NOT NULL,
	`due_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_hints_record` ON `webhook_hints` (`tenant_id`,`kind`,`provider_id`);--> statement-breakpoint
CREATE INDEX `webhook_hints_due` ON `webhook_hints` (`due_at`);--> statement-breakpoint
DROP INDEX `clients_tenant_provider_identifier`;--> statement-breakpoint
ALTER TABLE `clients` ADD `shared` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `clients_tenant_provider_identifier_shared` ON `clients` (`tenant_id`,`provider`,`identifier`,`shared`);--> statement-breakpoint
ALTER TABLE `one_time_links` ADD `email` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `last_seen_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `method` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `factor_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `confirmed_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `challenge` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `ip` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `device` text;--> statement-breakpoint
ALTER TABLE `users` ADD `time_zone` text;--> statement-breakpoint
ALTER TABLE `users` ADD `password_changed_at` integer;