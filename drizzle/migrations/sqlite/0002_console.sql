DROP INDEX `connections_urgency`;--> statement-breakpoint
DROP INDEX `connections_provider_urgency`;--> statement-breakpoint
DROP INDEX `connections_sort_name`;--> statement-breakpoint
DROP INDEX `connections_provider_sort_name`;--> statement-breakpoint
DROP INDEX `connections_urgency_sort_name`;--> statement-breakpoint
CREATE INDEX `connections_provider_urgency_sort_name` ON `connections` (`provider`,`urgency`,`sort_name`,`id`) WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX `connections_urgency` ON `connections` (`urgency`,`since`,`id`,`tenant_id`) WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX `connections_provider_urgency` ON `connections` (`provider`,`urgency`,`since`,`id`) WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX `connections_sort_name` ON `connections` (`sort_name`,`id`) WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX `connections_provider_sort_name` ON `connections` (`provider`,`sort_name`,`id`) WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX `connections_urgency_sort_name` ON `connections` (`urgency`,`sort_name`,`id`) WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX `pending_authorizations_step` ON `pending_authorizations` (`step`,`stepped_at`);