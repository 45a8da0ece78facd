CREATE INDEX "connections_candidate" ON "connections" USING btree ("candidate_id");--> statement-breakpoint
CREATE INDEX "one_time_links_expires" ON "one_time_links" USING btree ("expires_at");