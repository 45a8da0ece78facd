CREATE TABLE `outage_history` (
	`id` text PRIMARY KEY NOT NULL,
	`provider` text NOT NULL,
	`kind` text NOT NULL,
	`since` integer NOT NULL,
	`ended_at` integer,
	`outcome` text,
	`connections` integer
);
--> statement-breakpoint
CREATE INDEX `outage_history_since` ON `outage_history` (`since`);--> statement-breakpoint
DROP INDEX `connections_urgency`;--> statement-breakpoint
DROP INDEX `connections_provider_urgency`;--> statement-breakpoint
DROP INDEX `connections_sort_name`;--> statement-breakpoint
DROP INDEX `connections_provider_sort_name`;--> statement-breakpoint
DROP INDEX `connections_urgency_sort_name`;--> statement-breakpoint
DROP INDEX `connections_provider_urgency_sort_name`;--> statement-breakpoint
DROP INDEX `connections_provider_superseded`;--> statement-breakpoint
ALTER TABLE `connections` ADD `archived_at` integer;--> statement-breakpoint
CREATE INDEX `connections_archived` ON `connections` (`sort_name`,`id`) WHERE superseded_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX `connections_urgency` ON `connections` (`urgency`,`since`,`id`,`tenant_id`) WHERE coalesce(superseded_at, archived_at) is null;--> statement-breakpoint
CREATE INDEX `connections_provider_urgency` ON `connections` (`provider`,`urgency`,`since`,`id`) WHERE coalesce(superseded_at, archived_at) is null;--> statement-breakpoint
CREATE INDEX `connections_sort_name` ON `connections` (`sort_name`,`id`) WHERE coalesce(superseded_at, archived_at) is null;--> statement-breakpoint
CREATE INDEX `connections_provider_sort_name` ON `connections` (`provider`,`sort_name`,`id`) WHERE coalesce(superseded_at, archived_at) is null;--> statement-breakpoint
CREATE INDEX `connections_urgency_sort_name` ON `connections` (`urgency`,`sort_name`,`id`) WHERE coalesce(superseded_at, archived_at) is null;--> statement-breakpoint
CREATE INDEX `connections_provider_urgency_sort_name` ON `connections` (`provider`,`urgency`,`sort_name`,`id`) WHERE coalesce(superseded_at, archived_at) is null;--> statement-breakpoint
CREATE INDEX `connections_provider_superseded` ON `connections` (`provider`,`superseded_at`,`state`) WHERE archived_at is null;--> statement-breakpoint
ALTER TABLE `incidents` ADD `note` text;--> statement-breakpoint
ALTER TABLE `incidents` ADD `noted_by` text;--> statement-breakpoint
ALTER TABLE `incidents` ADD `noted_at` integer;--> statement-breakpoint
ALTER TABLE `tenants` ADD `archived_at` integer;--> statement-breakpoint
CREATE INDEX `tenants_archived` ON `tenants` (`archived_at`,`id`) WHERE archived_at is not null;