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
ALTER TABLE `connections` ADD `disconnected_at` integer;