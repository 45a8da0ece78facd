CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`addressee` text NOT NULL,
	`tenant_id` text,
	`role` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`locale` text NOT NULL,
	`invited_by` text,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invited_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_addressee_unique` ON `invitations` (`addressee`);--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_tokenHash_unique` ON `invitations` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invitations_tenant` ON `invitations` (`tenant_id`);--> statement-breakpoint
CREATE INDEX `invitations_email` ON `invitations` (`email`);--> statement-breakpoint
CREATE INDEX `invitations_inviter` ON `invitations` (`invited_by`);--> statement-breakpoint
CREATE INDEX `invitations_expires` ON `invitations` (`expires_at`);--> statement-breakpoint
INSERT INTO `invitations` (`id`, `addressee`, `tenant_id`, `role`, `email`, `name`, `locale`, `token_hash`, `created_at`, `expires_at`, `revoked_at`)
SELECT u.id, coalesce(u.tenant_id, 'support') || ' ' || u.email, u.tenant_id, u.role, u.email, u.name, u.locale, coalesce(l.token_hash, u.id), coalesce(l.created_at, u.created_at), coalesce(l.expires_at, u.created_at), u.disabled_at
FROM `users` u LEFT JOIN `one_time_links` l ON l.user_id = u.id AND l.kind = 'invitation'
WHERE u.password_hash IS NULL AND u.oidc_subject IS NULL AND l.used_at IS NULL AND u.email NOT LIKE '%@released.invalid';
--> statement-breakpoint
DELETE FROM `one_time_links` WHERE `kind` = 'invitation';
--> statement-breakpoint
DELETE FROM `users` WHERE `id` IN (SELECT `id` FROM `invitations`);
