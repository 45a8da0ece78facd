DROP INDEX `clients_tenant_provider_identifier`;--> statement-breakpoint
ALTER TABLE `clients` ADD `shared` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `clients_tenant_provider_identifier_shared` ON `clients` (`tenant_id`,`provider`,`identifier`,`shared`);