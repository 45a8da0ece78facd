CREATE INDEX `connections_candidate` ON `connections` (`candidate_id`);--> statement-breakpoint
CREATE INDEX `one_time_links_expires` ON `one_time_links` (`expires_at`);