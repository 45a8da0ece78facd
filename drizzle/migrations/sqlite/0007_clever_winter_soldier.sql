CREATE TABLE `erased_ids` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`kind` text NOT NULL,
	`id_hash` text NOT NULL,
	`erased_at` integer NOT NULL,
	`erased_by` text NOT NULL,
	`met_at` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `erased_ids_record` ON `erased_ids` (`tenant_id`,`kind`,`id_hash`);--> statement-breakpoint
CREATE TABLE `erasure_keys` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`sealed_key` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`addressee` text NOT NULL,
	`tenant_id` text,
	`role` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`locale` text NOT NULL,
	`invited_by` text,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invited_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_addressee_unique` ON `invitations` (`addressee`);--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_tokenHash_unique` ON `invitations` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invitations_tenant` ON `invitations` (`tenant_id`);--> statement-breakpoint
CREATE INDEX `invitations_email` ON `invitations` (`email`);--> statement-breakpoint
CREATE INDEX `invitations_inviter` ON `invitations` (`invited_by`);--> statement-breakpoint
CREATE INDEX `invitations_expires` ON `invitations` (`expires_at`);--> statement-breakpoint
ALTER TABLE `connections` ADD `disconnected_at` integer;--> statement-breakpoint
CREATE INDEX `companies_tenant_odd` ON `companies` (`tenant_id`,`n`) WHERE deleted_at is null and (name = '' or kept_at is not null or updated_at is null);--> statement-breakpoint
CREATE INDEX `contacts_tenant_odd` ON `contacts` (`tenant_id`,`n`) WHERE deleted_at is null and (name = '' or kept_at is not null or updated_at is null);--> statement-breakpoint
CREATE INDEX `departments_tenant_odd` ON `departments` (`tenant_id`,`n`) WHERE deleted_at is null and (name = '' or kept_at is not null);--> statement-breakpoint
CREATE INDEX `dossiers_tenant_odd` ON `dossiers` (`tenant_id`,`n`) WHERE deleted_at is null and (name = '' or kept_at is not null);--> statement-breakpoint
CREATE INDEX `sync_states_incomplete` ON `sync_states` (`tenant_id`) WHERE complete_at is null or proven_at is null;--> statement-breakpoint
CREATE INDEX `sync_states_late` ON `sync_states` (`complete_at`) WHERE stopped_at is null;--> statement-breakpoint
CREATE INDEX `sync_states_complete` ON `sync_states` (`list`,`complete_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `sync_states_proven` ON `sync_states` (`list`,`proven_at`) WHERE due_at is not null;--> statement-breakpoint
INSERT INTO `invitations` (`id`, `addressee`, `tenant_id`, `role`, `email`, `name`, `locale`, `token_hash`, `created_at`, `expires_at`, `revoked_at`)
SELECT u.id, coalesce(u.tenant_id, 'support') || ' ' || u.email, u.tenant_id, u.role, u.email, u.name, u.locale, coalesce(l.token_hash, u.id), coalesce(l.created_at, u.created_at), coalesce(l.expires_at, u.created_at), u.disabled_at
FROM `users` u LEFT JOIN `one_time_links` l ON l.user_id = u.id AND l.kind = 'invitation'
WHERE u.password_hash IS NULL AND u.oidc_subject IS NULL AND l.used_at IS NULL AND u.email NOT LIKE '%@released.invalid';
--> statement-breakpoint
DELETE FROM `one_time_links` WHERE `kind` = 'invitation';
--> statement-breakpoint
DELETE FROM `users` WHERE `id` IN (SELECT `id` FROM `invitations`);
