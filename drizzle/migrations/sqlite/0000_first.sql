CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`prefix` text NOT NULL,
	`secret_hash` text NOT NULL,
	`tenant_id` text,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_prefix_unique` ON `api_keys` (`prefix`);--> statement-breakpoint
CREATE INDEX `api_keys_tenant` ON `api_keys` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `clients` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`provider` text NOT NULL,
	`identifier` text NOT NULL,
	`sealed_secret` text NOT NULL,
	`secret_generation` integer NOT NULL,
	`secret_last4` text NOT NULL,
	`secret_set_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `clients_tenant_provider_identifier` ON `clients` (`tenant_id`,`provider`,`identifier`);--> statement-breakpoint
CREATE TABLE `connections` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`provider` text NOT NULL,
	`revision` integer NOT NULL,
	`enabled` integer NOT NULL,
	`paused_at` integer,
	`paused_by` text,
	`client_id` text,
	`state` text NOT NULL,
	`reason` text,
	`since` integer NOT NULL,
	`last_success_at` integer,
	`next_attempt_at` integer,
	`attempts` integer NOT NULL,
	`auth_status` text,
	`auth_status_at` integer,
	`authorization_failure` text,
	`authorization_failure_at` integer,
	`token_set_id` text,
	`candidate_id` text,
	`connected_by` text,
	`connected_at` integer,
	`last_test` text,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `connections_tenant_provider` ON `connections` (`tenant_id`,`provider`);--> statement-breakpoint
CREATE INDEX `connections_state_since` ON `connections` (`state`,`since`,`id`);--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`open_for` text,
	`reason` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`connection_id`) REFERENCES `connections`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incidents_openFor_unique` ON `incidents` (`open_for`);--> statement-breakpoint
CREATE INDEX `incidents_connection` ON `incidents` (`connection_id`,`opened_at`);--> statement-breakpoint
CREATE TABLE `journal` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`tenant_id` text,
	`connection_id` text,
	`actor` text NOT NULL,
	`user_id` text,
	`event` text NOT NULL,
	`outcome` text NOT NULL,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `journal_tenant_at` ON `journal` (`tenant_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `journal_at` ON `journal` (`at`);--> statement-breakpoint
CREATE INDEX `journal_connection_at` ON `journal` (`connection_id`,`at`);--> statement-breakpoint
CREATE TABLE `one_time_links` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`token_hash` text NOT NULL,
	`user_id` text,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_time_links_tokenHash_unique` ON `one_time_links` (`token_hash`);--> statement-breakpoint
CREATE INDEX `one_time_links_user` ON `one_time_links` (`user_id`,`kind`);--> statement-breakpoint
CREATE TABLE `outages` (
	`provider` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`since` integer NOT NULL,
	`next_probe_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `pending_authorizations` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`client_id` text NOT NULL,
	`user_id` text NOT NULL,
	`redirect_uri` text NOT NULL,
	`state_hash` text NOT NULL,
	`nonce_hash` text NOT NULL,
	`step` text NOT NULL,
	`created_at` integer NOT NULL,
	`stepped_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`sealed_code` text,
	`failure` text,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`connection_id`) REFERENCES `connections`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pending_authorizations_stateHash_unique` ON `pending_authorizations` (`state_hash`);--> statement-breakpoint
CREATE INDEX `pending_authorizations_connection` ON `pending_authorizations` (`connection_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `pending_authorizations_nonce` ON `pending_authorizations` (`nonce_hash`,`step`,`stepped_at`);--> statement-breakpoint
CREATE INDEX `pending_authorizations_expires` ON `pending_authorizations` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`ref` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tenants_ref_unique` ON `tenants` (`ref`);--> statement-breakpoint
CREATE INDEX `tenants_name` ON `tenants` (`name`,`id`);--> statement-breakpoint
CREATE TABLE `throttle_log` (
	`id` text PRIMARY KEY NOT NULL,
	`bucket` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `throttle_log_bucket_at` ON `throttle_log` (`bucket`,`at`);--> statement-breakpoint
CREATE INDEX `throttle_log_at` ON `throttle_log` (`at`);--> statement-breakpoint
CREATE TABLE `token_calls` (
	`id` text PRIMARY KEY NOT NULL,
	`provider` text NOT NULL,
	`token_set_id` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `token_calls_provider_at` ON `token_calls` (`provider`,`at`);--> statement-breakpoint
CREATE TABLE `token_sets` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`client_id` text NOT NULL,
	`provider` text NOT NULL,
	`generation` integer NOT NULL,
	`sealed_access_token` text NOT NULL,
	`sealed_refresh_token` text NOT NULL,
	`expires_at` integer NOT NULL,
	`lifetime_ms` integer NOT NULL,
	`created_at` integer NOT NULL,
	`refresh_due_at` integer,
	`lease_owner` text,
	`lease_until` integer,
	`intent_at` integer,
	`intent_owner` text,
	`intent_fingerprint` text,
	`used_at` integer,
	`access_refused` integer NOT NULL,
	`reported_generation` integer,
	`report_refreshed_at` integer,
	`report_tested_at` integer,
	`known_state` integer NOT NULL,
	`authorized_by` text,
	`identity` text NOT NULL,
	`account_id` text,
	`account_name` text,
	`account_email` text,
	`identity_due_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`connection_id`) REFERENCES `connections`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `token_sets_connection` ON `token_sets` (`connection_id`);--> statement-breakpoint
CREATE INDEX `token_sets_due` ON `token_sets` (`provider`,`refresh_due_at`);--> statement-breakpoint
CREATE INDEX `token_sets_lease` ON `token_sets` (`lease_until`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text,
	`role` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text,
	`locale` text NOT NULL,
	`disabled_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE INDEX `users_tenant` ON `users` (`tenant_id`);--> statement-breakpoint
CREATE INDEX `users_role` ON `users` (`role`);--> statement-breakpoint
CREATE TABLE `vault_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`sealed_probe` text NOT NULL,
	`created_at` integer NOT NULL
);
