CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`kind` text NOT NULL,
	`once_key` text NOT NULL,
	`tenant_id` text,
	`user_id` text,
	`payload` text NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer,
	`lease_until` integer,
	`attempts` integer NOT NULL,
	`delivered_at` integer,
	`last_answer` text,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_onceKey_unique` ON `deliveries` (`once_key`);--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`due_at`);--> statement-breakpoint
CREATE INDEX `deliveries_tenant` ON `deliveries` (`tenant_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `deliveries_created` ON `deliveries` (`created_at`);--> statement-breakpoint
CREATE TABLE `guide_steps` (
	`tenant_id` text NOT NULL,
	`step` text NOT NULL,
	`done_at` integer NOT NULL,
	`choice` text,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `guide_steps_tenant_step` ON `guide_steps` (`tenant_id`,`step`);--> statement-breakpoint
CREATE TABLE `search_words` (
	`tenant_id` text NOT NULL,
	`word` text NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_words_word` ON `search_words` (`word`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `search_words_tenant` ON `search_words` (`tenant_id`,`word`);--> statement-breakpoint
DROP INDEX `connections_state_since`;--> statement-breakpoint
ALTER TABLE `connections` ADD `target` text;--> statement-breakpoint
ALTER TABLE `connections` ADD `superseded_at` integer;--> statement-breakpoint
ALTER TABLE `connections` ADD `urgency` integer GENERATED ALWAYS AS (case
  when state = 'unconfigured' then 6
  when not enabled then 5
  when state = 'reconnect_required' then 0
  when state = 'misconfigured' then 1
  when state = 'degraded' then 2
  when state = 'awaiting_authorization' then 3
  else 4 end) VIRTUAL NOT NULL;--> statement-breakpoint
ALTER TABLE `connections` ADD `sort_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `connections_urgency` ON `connections` (`urgency`,`since`,`id`);--> statement-breakpoint
CREATE INDEX `connections_provider_urgency` ON `connections` (`provider`,`urgency`,`since`,`id`);--> statement-breakpoint
CREATE INDEX `connections_sort_name` ON `connections` (`sort_name`,`id`);--> statement-breakpoint
CREATE INDEX `connections_provider_sort_name` ON `connections` (`provider`,`sort_name`,`id`);--> statement-breakpoint
CREATE INDEX `connections_urgency_sort_name` ON `connections` (`urgency`,`sort_name`,`id`);--> statement-breakpoint
CREATE INDEX `connections_provider_superseded` ON `connections` (`provider`,`superseded_at`,`state`);--> statement-breakpoint
DROP INDEX `tenants_name`;--> statement-breakpoint
ALTER TABLE `tenants` ADD `sort_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `tenants_sort_name` ON `tenants` (`sort_name`,`id`);--> statement-breakpoint
ALTER TABLE `incidents` ADD `alerted_at` integer;--> statement-breakpoint
ALTER TABLE `incidents` ADD `recovery_told_at` integer;--> statement-breakpoint
CREATE INDEX `incidents_untold` ON `incidents` (`alerted_at`,`closed_at`,`opened_at`);--> statement-breakpoint
CREATE INDEX `incidents_recovery_untold` ON `incidents` (`recovery_told_at`,`closed_at`);--> statement-breakpoint
ALTER TABLE `journal` ADD `address` text;--> statement-breakpoint
CREATE INDEX `journal_tenant_event_at` ON `journal` (`tenant_id`,`event`,`at`,`id`);--> statement-breakpoint
ALTER TABLE `token_sets` ADD `target` text;--> statement-breakpoint
ALTER TABLE `users` ADD `oidc_issuer` text;--> statement-breakpoint
ALTER TABLE `users` ADD `oidc_subject` text;--> statement-breakpoint
CREATE UNIQUE INDEX `users_oidc` ON `users` (`oidc_issuer`,`oidc_subject`);