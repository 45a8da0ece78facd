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
CREATE INDEX `webhook_hints_due` ON `webhook_hints` (`due_at`);