CREATE TABLE `high_water_marks` (
	`name` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `connections` ADD `restored_at` integer;--> statement-breakpoint
CREATE INDEX `connections_restored` ON `connections` (`restored_at`,`id`) WHERE restored_at is not null;--> statement-breakpoint
ALTER TABLE `outages` ADD `refused_probes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `outages` ADD `believed_at` integer;