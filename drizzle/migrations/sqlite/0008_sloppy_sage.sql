CREATE TABLE `company_words` (
	`tenant` integer NOT NULL,
	`word` text NOT NULL,
	`record` integer NOT NULL,
	FOREIGN KEY (`record`) REFERENCES `companies`(`n`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `company_words_word` ON `company_words` (`tenant`,`word`,`record`);--> statement-breakpoint
CREATE INDEX `company_words_record` ON `company_words` (`record`,`word`);--> statement-breakpoint
CREATE TABLE `contact_words` (
	`tenant` integer NOT NULL,
	`word` text NOT NULL,
	`record` integer NOT NULL,
	FOREIGN KEY (`record`) REFERENCES `contacts`(`n`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_words_word` ON `contact_words` (`tenant`,`word`,`record`);--> statement-breakpoint
CREATE INDEX `contact_words_record` ON `contact_words` (`record`,`word`);--> statement-breakpoint
CREATE TABLE `department_words` (
	`tenant` integer NOT NULL,
	`word` text NOT NULL,
	`record` integer NOT NULL,
	FOREIGN KEY (`record`) REFERENCES `departments`(`n`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `department_words_word` ON `department_words` (`tenant`,`word`,`record`);--> statement-breakpoint
CREATE INDEX `department_words_record` ON `department_words` (`record`,`word`);--> statement-breakpoint
CREATE TABLE `dossier_words` (
	`tenant` integer NOT NULL,
	`word` text NOT NULL,
	`record` integer NOT NULL,
	FOREIGN KEY (`record`) REFERENCES `dossiers`(`n`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `dossier_words_word` ON `dossier_words` (`tenant`,`word`,`record`);--> statement-breakpoint
CREATE INDEX `dossier_words_record` ON `dossier_words` (`record`,`word`);--> statement-breakpoint
ALTER TABLE `api_keys` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `companies` ADD `sort_at` integer;--> statement-breakpoint
ALTER TABLE `companies` ADD `facet` text;--> statement-breakpoint
CREATE INDEX `companies_tenant_name` ON `companies` (`tenant_id`,`sort_name`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `companies_tenant_status_name` ON `companies` (`tenant_id`,`status`,`sort_name`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `companies_tenant_facet_name` ON `companies` (`tenant_id`,`facet`,`sort_name`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `companies_tenant_at` ON `companies` (`tenant_id`,`sort_at`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `companies_tenant_status_at` ON `companies` (`tenant_id`,`status`,`sort_at`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `companies_tenant_facet_at` ON `companies` (`tenant_id`,`facet`,`sort_at`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `companies_tenant_deleted` ON `companies` (`tenant_id`,`change`,`n`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX `companies_deleted` ON `companies` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
ALTER TABLE `contacts` ADD `sort_at` integer;--> statement-breakpoint
ALTER TABLE `contacts` ADD `facet` text;--> statement-breakpoint
CREATE INDEX `contacts_tenant_name` ON `contacts` (`tenant_id`,`sort_name`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contacts_tenant_status_name` ON `contacts` (`tenant_id`,`status`,`sort_name`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contacts_tenant_facet_name` ON `contacts` (`tenant_id`,`facet`,`sort_name`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contacts_tenant_at` ON `contacts` (`tenant_id`,`sort_at`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contacts_tenant_status_at` ON `contacts` (`tenant_id`,`status`,`sort_at`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contacts_tenant_facet_at` ON `contacts` (`tenant_id`,`facet`,`sort_at`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contacts_tenant_deleted` ON `contacts` (`tenant_id`,`change`,`n`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX `contacts_deleted` ON `contacts` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
ALTER TABLE `departments` ADD `sort_at` integer;--> statement-breakpoint
ALTER TABLE `departments` ADD `facet` text;--> statement-breakpoint
CREATE INDEX `departments_tenant_name` ON `departments` (`tenant_id`,`sort_name`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `departments_tenant_status_name` ON `departments` (`tenant_id`,`status`,`sort_name`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `departments_tenant_facet_name` ON `departments` (`tenant_id`,`facet`,`sort_name`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `departments_tenant_at` ON `departments` (`tenant_id`,`sort_at`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `departments_tenant_status_at` ON `departments` (`tenant_id`,`status`,`sort_at`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `departments_tenant_facet_at` ON `departments` (`tenant_id`,`facet`,`sort_at`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `departments_tenant_deleted` ON `departments` (`tenant_id`,`change`,`n`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX `departments_deleted` ON `departments` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
ALTER TABLE `dossiers` ADD `sort_at` integer;--> statement-breakpoint
ALTER TABLE `dossiers` ADD `facet` text;--> statement-breakpoint
CREATE INDEX `dossiers_tenant_name` ON `dossiers` (`tenant_id`,`sort_name`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `dossiers_tenant_status_name` ON `dossiers` (`tenant_id`,`status`,`sort_name`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `dossiers_tenant_facet_name` ON `dossiers` (`tenant_id`,`facet`,`sort_name`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `dossiers_tenant_at` ON `dossiers` (`tenant_id`,`sort_at`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `dossiers_tenant_status_at` ON `dossiers` (`tenant_id`,`status`,`sort_at`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `dossiers_tenant_facet_at` ON `dossiers` (`tenant_id`,`facet`,`sort_at`,`n`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `dossiers_tenant_deleted` ON `dossiers` (`tenant_id`,`change`,`n`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX `dossiers_deleted` ON `dossiers` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
ALTER TABLE `sync_states` ADD `epoch_change` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sync_states` ADD `forgotten_change` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `journal_event_at` ON `journal` (`event`,`at`,`id`);--> statement-breakpoint
UPDATE `companies` SET `sort_at` = coalesce(`updated_at`, `added_at`, 0), `digest` = '' WHERE deleted_at IS NULL;--> statement-breakpoint
UPDATE `contacts` SET `sort_at` = coalesce(`updated_at`, `added_at`, 0), `digest` = '' WHERE deleted_at IS NULL;--> statement-breakpoint
UPDATE `departments` SET `sort_at` = coalesce(`updated_at`, `added_at`, 0), `digest` = '' WHERE deleted_at IS NULL;--> statement-breakpoint
UPDATE `dossiers` SET `sort_at` = coalesce(`updated_at`, `added_at`, 0), `digest` = '' WHERE deleted_at IS NULL;
