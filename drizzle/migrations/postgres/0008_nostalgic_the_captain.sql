DROP INDEX "journal_at";--> statement-breakpoint
CREATE INDEX "journal_event_at" ON "journal" USING btree ("event","at","id");--> statement-breakpoint
CREATE INDEX "journal_at" ON "journal" USING btree ("at","id");