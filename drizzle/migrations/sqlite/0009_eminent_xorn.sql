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
CREATE INDEX `outage_history_since` ON `outage_history` (`since`);