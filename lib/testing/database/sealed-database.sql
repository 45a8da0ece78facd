PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE "__drizzle_migrations" (
        id SERIAL PRIMARY KEY,
        hash text NOT NULL,
        created_at numeric
      );
CREATE TABLE `api_keys` (
  `id` text PRIMARY KEY NOT NULL,
  `prefix` text NOT NULL,
  `secret_hash` text NOT NULL,
  `tenant_id` text,
  `name` text NOT NULL,
  `scopes` text NOT NULL,
  `created_at` integer NOT NULL,
  `used_at` integer,
  `revoked_at` integer,
  FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `clients` (
  `id` text PRIMARY KEY NOT NULL,
  `tenant_id` text NOT NULL,
  `provider` text NOT NULL,
  `identifier` text NOT NULL,
  `sealed_secret` text NOT NULL,
  `secret_generation` integer NOT NULL,
  `secret_last4` text NOT NULL,
  `secret_set_at` integer NOT NULL,
  FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `connections` (
  `id` text PRIMARY KEY NOT NULL,
  `tenant_id` text NOT NULL,
  `provider` text NOT NULL,
  `revision` integer NOT NULL,
  `enabled` integer NOT NULL,
  `paused_at` integer,
  `paused_by` text,
  `client_id` text,
  `state` text NOT NULL,
  `reason` text,
  `since` integer NOT NULL,
  `last_success_at` integer,
  `next_attempt_at` integer,
  `attempts` integer NOT NULL,
  `auth_status` text,
  `auth_status_at` integer,
  `authorization_failure` text,
  `authorization_failure_at` integer,
  `token_set_id` text,
  `candidate_id` text,
  `connected_by` text,
  `connected_at` integer,
  `last_test` text, `target` text, `superseded_at` integer, `urgency` integer GENERATED ALWAYS AS (case
  when state = 'unconfigured' then 6
  when not enabled then 5
  when state = 'reconnect_required' then 0
  when state = 'misconfigured' then 1
  when state = 'degraded' then 2
  when state = 'awaiting_authorization' then 3
  else 4 end) VIRTUAL NOT NULL, `sort_name` text DEFAULT '' NOT NULL,
  FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
  FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `incidents` (
  `id` text PRIMARY KEY NOT NULL,
  `tenant_id` text NOT NULL,
  `connection_id` text NOT NULL,
  `open_for` text,
  `reason` text NOT NULL,
  `opened_at` integer NOT NULL,
  `closed_at` integer, `alerted_at` integer, `recovery_told_at` integer,
  FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
  FOREIGN KEY (`connection_id`) REFERENCES `connections`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `journal` (
  `id` text PRIMARY KEY NOT NULL,
  `at` integer NOT NULL,
  `tenant_id` text,
  `connection_id` text,
  `actor` text NOT NULL,
  `user_id` text,
  `event` text NOT NULL,
  `outcome` text NOT NULL,
  `detail` text NOT NULL
, `address` text);
CREATE TABLE `one_time_links` (
  `id` text PRIMARY KEY NOT NULL,
  `kind` text NOT NULL,
  `token_hash` text NOT NULL,
  `user_id` text,
  `expires_at` integer NOT NULL,
  `used_at` integer,
  `created_at` integer NOT NULL,
  FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `outages` (
  `provider` text PRIMARY KEY NOT NULL,
  `kind` text NOT NULL,
  `since` integer NOT NULL,
  `next_probe_at` integer NOT NULL
);
CREATE TABLE `pending_authorizations` (
  `id` text PRIMARY KEY NOT NULL,
  `tenant_id` text NOT NULL,
  `connection_id` text NOT NULL,
  `client_id` text NOT NULL,
  `user_id` text NOT NULL,
  `redirect_uri` text NOT NULL,
  `state_hash` text NOT NULL,
  `nonce_hash` text NOT NULL,
  `step` text NOT NULL,
  `created_at` integer NOT NULL,
  `stepped_at` integer NOT NULL,
  `expires_at` integer NOT NULL,
  `sealed_code` text,
  `failure` text,
  FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
  FOREIGN KEY (`connection_id`) REFERENCES `connections`(`id`) ON UPDATE no action ON DELETE cascade,
  FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE no action,
  FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `sessions` (
  `id` text PRIMARY KEY NOT NULL,
  `user_id` text NOT NULL,
  `created_at` integer NOT NULL,
  `expires_at` integer NOT NULL,
  FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `tenants` (
  `id` text PRIMARY KEY NOT NULL,
  `name` text NOT NULL,
  `ref` text,
  `created_at` integer NOT NULL
, `sort_name` text DEFAULT '' NOT NULL);
CREATE TABLE `throttle_log` (
  `id` text PRIMARY KEY NOT NULL,
  `bucket` text NOT NULL,
  `at` integer NOT NULL
);
CREATE TABLE `token_calls` (
  `id` text PRIMARY KEY NOT NULL,
  `provider` text NOT NULL,
  `token_set_id` text NOT NULL,
  `at` integer NOT NULL,
  `outcome` text NOT NULL
);
CREATE TABLE `token_sets` (
  `id` text PRIMARY KEY NOT NULL,
  `tenant_id` text NOT NULL,
  `connection_id` text NOT NULL,
  `client_id` text NOT NULL,
  `provider` text NOT NULL,
  `generation` integer NOT NULL,
  `sealed_access_token` text NOT NULL,
  `sealed_refresh_token` text NOT NULL,
  `expires_at` integer NOT NULL,
  `lifetime_ms` integer NOT NULL,
  `created_at` integer NOT NULL,
  `refresh_due_at` integer,
  `lease_owner` text,
  `lease_until` integer,
  `intent_at` integer,
  `intent_owner` text,
  `intent_fingerprint` text,
  `used_at` integer,
  `access_refused` integer NOT NULL,
  `reported_generation` integer,
  `report_refreshed_at` integer,
  `report_tested_at` integer,
  `known_state` integer NOT NULL,
  `authorized_by` text,
  `identity` text NOT NULL,
  `account_id` text,
  `account_name` text,
  `account_email` text,
  `identity_due_at` integer NOT NULL, `target` text,
  FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
  FOREIGN KEY (`connection_id`) REFERENCES `connections`(`id`) ON UPDATE no action ON DELETE cascade,
  FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `users` (
  `id` text PRIMARY KEY NOT NULL,
  `tenant_id` text,
  `role` text NOT NULL,
  `email` text NOT NULL,
  `name` text NOT NULL,
  `password_hash` text,
  `locale` text NOT NULL,
  `disabled_at` integer,
  `created_at` integer NOT NULL, `oidc_issuer` text, `oidc_subject` text,
  FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `vault_keys` (
  `id` text PRIMARY KEY NOT NULL,
  `sealed_probe` text NOT NULL,
  `created_at` integer NOT NULL
);
CREATE TABLE `deliveries` (
  `id` text PRIMARY KEY NOT NULL,
  `channel` text NOT NULL,
  `kind` text NOT NULL,
  `once_key` text NOT NULL,
  `tenant_id` text,
  `user_id` text,
  `payload` text NOT NULL,
  `created_at` integer NOT NULL,
  `due_at` integer,
  `lease_until` integer,
  `attempts` integer NOT NULL,
  `delivered_at` integer,
  `last_answer` text,
  FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
  FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `guide_steps` (
  `tenant_id` text NOT NULL,
  `step` text NOT NULL,
  `done_at` integer NOT NULL,
  `choice` text,
  FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `search_words` (
  `tenant_id` text NOT NULL,
  `word` text NOT NULL,
  FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE UNIQUE INDEX `api_keys_prefix_unique` ON `api_keys` (`prefix`);
CREATE INDEX `api_keys_tenant` ON `api_keys` (`tenant_id`);
CREATE UNIQUE INDEX `clients_tenant_provider_identifier` ON `clients` (`tenant_id`,`provider`,`identifier`);
CREATE UNIQUE INDEX `connections_tenant_provider` ON `connections` (`tenant_id`,`provider`);
CREATE UNIQUE INDEX `incidents_openFor_unique` ON `incidents` (`open_for`);
CREATE INDEX `incidents_connection` ON `incidents` (`connection_id`,`opened_at`);
CREATE INDEX `journal_tenant_at` ON `journal` (`tenant_id`,`at`,`id`);
CREATE INDEX `journal_at` ON `journal` (`at`);
CREATE INDEX `journal_connection_at` ON `journal` (`connection_id`,`at`);
CREATE UNIQUE INDEX `one_time_links_tokenHash_unique` ON `one_time_links` (`token_hash`);
CREATE INDEX `one_time_links_user` ON `one_time_links` (`user_id`,`kind`);
CREATE UNIQUE INDEX `pending_authorizations_stateHash_unique` ON `pending_authorizations` (`state_hash`);
CREATE INDEX `pending_authorizations_connection` ON `pending_authorizations` (`connection_id`,`created_at`);
CREATE INDEX `pending_authorizations_nonce` ON `pending_authorizations` (`nonce_hash`,`step`,`stepped_at`);
CREATE INDEX `pending_authorizations_expires` ON `pending_authorizations` (`expires_at`);
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);
CREATE UNIQUE INDEX `tenants_ref_unique` ON `tenants` (`ref`);
CREATE INDEX `throttle_log_bucket_at` ON `throttle_log` (`bucket`,`at`);
CREATE INDEX `throttle_log_at` ON `throttle_log` (`at`);
CREATE INDEX `token_calls_provider_at` ON `token_calls` (`provider`,`at`);
CREATE INDEX `token_sets_connection` ON `token_sets` (`connection_id`);
CREATE INDEX `token_sets_due` ON `token_sets` (`provider`,`refresh_due_at`);
CREATE INDEX `token_sets_lease` ON `token_sets` (`lease_until`);
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);
CREATE INDEX `users_tenant` ON `users` (`tenant_id`);
CREATE INDEX `users_role` ON `users` (`role`);
CREATE UNIQUE INDEX `deliveries_onceKey_unique` ON `deliveries` (`once_key`);
CREATE INDEX `deliveries_due` ON `deliveries` (`due_at`);
CREATE INDEX `deliveries_tenant` ON `deliveries` (`tenant_id`,`created_at`);
CREATE INDEX `deliveries_created` ON `deliveries` (`created_at`);
CREATE UNIQUE INDEX `guide_steps_tenant_step` ON `guide_steps` (`tenant_id`,`step`);
CREATE UNIQUE INDEX `search_words_word` ON `search_words` (`word`,`tenant_id`);
CREATE INDEX `search_words_tenant` ON `search_words` (`tenant_id`,`word`);
CREATE INDEX `connections_provider_superseded` ON `connections` (`provider`,`superseded_at`,`state`);
CREATE INDEX `tenants_sort_name` ON `tenants` (`sort_name`,`id`);
CREATE INDEX `incidents_untold` ON `incidents` (`alerted_at`,`closed_at`,`opened_at`);
CREATE INDEX `incidents_recovery_untold` ON `incidents` (`recovery_told_at`,`closed_at`);
CREATE INDEX `journal_tenant_event_at` ON `journal` (`tenant_id`,`event`,`at`,`id`);
CREATE UNIQUE INDEX `users_oidc` ON `users` (`oidc_issuer`,`oidc_subject`);
CREATE INDEX `connections_provider_urgency_sort_name` ON `connections` (`provider`,`urgency`,`sort_name`,`id`) WHERE superseded_at is null;
CREATE INDEX `connections_urgency` ON `connections` (`urgency`,`since`,`id`,`tenant_id`) WHERE superseded_at is null;
CREATE INDEX `connections_provider_urgency` ON `connections` (`provider`,`urgency`,`since`,`id`) WHERE superseded_at is null;
CREATE INDEX `connections_sort_name` ON `connections` (`sort_name`,`id`) WHERE superseded_at is null;
CREATE INDEX `connections_provider_sort_name` ON `connections` (`provider`,`sort_name`,`id`) WHERE superseded_at is null;
CREATE INDEX `connections_urgency_sort_name` ON `connections` (`urgency`,`sort_name`,`id`) WHERE superseded_at is null;
CREATE INDEX `pending_authorizations_step` ON `pending_authorizations` (`step`,`stepped_at`);
CREATE INDEX `connections_candidate` ON `connections` (`candidate_id`);
CREATE INDEX `one_time_links_expires` ON `one_time_links` (`expires_at`);
INSERT INTO "__drizzle_migrations" (id, hash, created_at) VALUES (NULL, '5ed9dc67f68a9ced8e4dd1871b1160eee9694f06e7506d06ff72bc46b140cfe5', 1795383515817);
INSERT INTO "__drizzle_migrations" (id, hash, created_at) VALUES (NULL, '4527d816d5cca4996b1bdea2e473aa822ffb99ec878e2d4c2f77e5e2c24f05e7', 1795387457830);
INSERT INTO "__drizzle_migrations" (id, hash, created_at) VALUES (NULL, '0868c3d0cc0e53cf0a13f94267281f6c0aa638582978141f9e1d17f2a7449038', 1795388693562);
INSERT INTO "__drizzle_migrations" (id, hash, created_at) VALUES (NULL, 'b2473e6a8cefd5536595ed255b9725a610ff3d55f3e407b5a848bd50228ed069', 1795391506843);
INSERT INTO "clients" (id, tenant_id, provider, identifier, sealed_secret, secret_generation, secret_last4, secret_set_at) VALUES ('cfc19209-8e26-4e68-8854-af37f0785c1a', '469eb120-bfb5-493e-b879-aad182f44a5c', 'teamleader-v1', '12345', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcImdlbmVyYXRpb25cIiwxXSxbXCJwdXJwb3NlXCIsXCJjbGllbnRfc2VjcmV0XCJdLFtcInJvd1wiLFwiY2ZjMTkyMDktOGUyNi00ZTY4LTg4NTQtYWYzN2YwNzg1YzFhXCJdLFtcInRlbmFudFwiLFwiNDY5ZWIxMjAtYmZiNS00OTNlLWI4NzktYWFkMTgyZjQ0YTVjXCJdXSJ9..qSOjRciKsg7MbVlF.ZfdeI6qB9v1uaL-W42rYUrE.BcMcxFGWo8GmHa_tJbGafw', 1, 'cret', 1795734000000);
INSERT INTO "clients" (id, tenant_id, provider, identifier, sealed_secret, secret_generation, secret_last4, secret_set_at) VALUES ('65f013fe-35f7-42b6-830c-2b3a7a6c6830', '469eb120-bfb5-493e-b879-aad182f44a5c', 'teamleader', 'c11e0000000000000000000000000001', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcImdlbmVyYXRpb25cIiwyXSxbXCJwdXJwb3NlXCIsXCJjbGllbnRfc2VjcmV0XCJdLFtcInJvd1wiLFwiNjVmMDEzZmUtMzVmNy00MmI2LTgzMGMtMmIzYTdhNmM2ODMwXCJdLFtcInRlbmFudFwiLFwiNDY5ZWIxMjAtYmZiNS00OTNlLWI4NzktYWFkMTgyZjQ0YTVjXCJdXSJ9..yYaf5aXehiZZNFbU.zi1Hfv4ZEy3PXL8FhezpuTDX6XzotuvYSPJPcdgP6Zk.tytEdg3HnBb8cnAw9xiMlw', 2, '0002', 1795734000000);
INSERT INTO "clients" (id, tenant_id, provider, identifier, sealed_secret, secret_generation, secret_last4, secret_set_at) VALUES ('8b983160-60d8-46d5-bbac-c609139f982e', '469eb120-bfb5-493e-b879-aad182f44a5c', 'teo', 'teo-client', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcImdlbmVyYXRpb25cIiwxXSxbXCJwdXJwb3NlXCIsXCJjbGllbnRfc2VjcmV0XCJdLFtcInJvd1wiLFwiOGI5ODMxNjAtNjBkOC00NmQ1LWJiYWMtYzYwOTEzOWY5ODJlXCJdLFtcInRlbmFudFwiLFwiNDY5ZWIxMjAtYmZiNS00OTNlLWI4NzktYWFkMTgyZjQ0YTVjXCJdXSJ9..oZACgCsT2kYaDCuX.HrSzfyGJw0vAvbeghOX-HO2UhmkS.0tPLHOtbTQ_5ubYgS5CQ_A', 1, 'cret', 1795744200000);
INSERT INTO "clients" (id, tenant_id, provider, identifier, sealed_secret, secret_generation, secret_last4, secret_set_at) VALUES ('d6d53f72-7fa6-4731-97d0-3cea6dc8861a', '9a038d0b-1a9c-4c6d-80fc-0cb892644f4f', 'teamleader', 'c11e0000000000000000000000000003', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcImdlbmVyYXRpb25cIiwxXSxbXCJwdXJwb3NlXCIsXCJjbGllbnRfc2VjcmV0XCJdLFtcInJvd1wiLFwiZDZkNTNmNzItN2ZhNi00NzMxLTk3ZDAtM2NlYTZkYzg4NjFhXCJdLFtcInRlbmFudFwiLFwiOWEwMzhkMGItMWE5Yy00YzZkLTgwZmMtMGNiODkyNjQ0ZjRmXCJdXSJ9..WqyUQ9BZj9icjsVt.hggqQs5QUKxBXEHSuF14Nbn-TLNso7nxgLrzjcJU-24.ifHKFZEEMKwSrZ93XANxVA', 1, '0004', 1795744200000);
INSERT INTO "connections" (id, tenant_id, provider, revision, enabled, paused_at, paused_by, client_id, state, reason, since, last_success_at, next_attempt_at, attempts, auth_status, auth_status_at, authorization_failure, authorization_failure_at, token_set_id, candidate_id, connected_by, connected_at, last_test, target, superseded_at, sort_name) VALUES ('98278db6-ab7b-4a2a-b438-8f6cf233ccb2', '469eb120-bfb5-493e-b879-aad182f44a5c', 'teamleader', 2, 1, NULL, NULL, '65f013fe-35f7-42b6-830c-2b3a7a6c6830', 'connected', NULL, 1795734000000, 1795744200000, NULL, 0, 'Success', 1795744200000, NULL, NULL, '87363863-ee9a-4907-bd1c-6105753e01de', NULL, '338ff382-ca37-4d23-a300-f7848b41de42', 1795734000000, NULL, NULL, NULL, 'connected');
INSERT INTO "connections" (id, tenant_id, provider, revision, enabled, paused_at, paused_by, client_id, state, reason, since, last_success_at, next_attempt_at, attempts, auth_status, auth_status_at, authorization_failure, authorization_failure_at, token_set_id, candidate_id, connected_by, connected_at, last_test, target, superseded_at, sort_name) VALUES ('52f0b98a-005f-4cb4-b9f6-95f298735a17', '469eb120-bfb5-493e-b879-aad182f44a5c', 'teamleader-v1', 1, 1, NULL, NULL, 'cfc19209-8e26-4e68-8854-af37f0785c1a', 'awaiting_authorization', NULL, 1795734000000, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1795734000000, 'connected');
INSERT INTO "connections" (id, tenant_id, provider, revision, enabled, paused_at, paused_by, client_id, state, reason, since, last_success_at, next_attempt_at, attempts, auth_status, auth_status_at, authorization_failure, authorization_failure_at, token_set_id, candidate_id, connected_by, connected_at, last_test, target, superseded_at, sort_name) VALUES ('8e758653-63bd-48a8-a1d2-4230fffe8c1a', '469eb120-bfb5-493e-b879-aad182f44a5c', 'teo', 1, 1, NULL, NULL, '8b983160-60d8-46d5-bbac-c609139f982e', 'connected', NULL, 1795744200000, 1795744200000, NULL, 0, 'Success', 1795744200000, NULL, NULL, '09d7f867-4aac-4219-8e9d-0afbebd05af0', NULL, '338ff382-ca37-4d23-a300-f7848b41de42', 1795744200000, '{"at":"2026-11-27T01:50:00.000Z","reads":[{"read":"dossiers","failure":null,"durationMs":2}]}', 'instance-1', NULL, 'connected');
INSERT INTO "connections" (id, tenant_id, provider, revision, enabled, paused_at, paused_by, client_id, state, reason, since, last_success_at, next_attempt_at, attempts, auth_status, auth_status_at, authorization_failure, authorization_failure_at, token_set_id, candidate_id, connected_by, connected_at, last_test, target, superseded_at, sort_name) VALUES ('970260a8-5f61-4249-877c-f1d509ac4e9e', '9a038d0b-1a9c-4c6d-80fc-0cb892644f4f', 'teamleader', 1, 1, NULL, NULL, 'd6d53f72-7fa6-4731-97d0-3cea6dc8861a', 'awaiting_authorization', NULL, 1795744200000, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'parked');
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('10382261-dda7-4e6e-8bc8-b88b1488b974', 1795734000000, '469eb120-bfb5-493e-b879-aad182f44a5c', NULL, 'operator', NULL, 'tenant.created', 'ok', '{}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('85b86e3d-c6fc-4792-a6e4-5484463f0b0f', 1795734000000, '469eb120-bfb5-493e-b879-aad182f44a5c', NULL, 'operator', NULL, 'user.created', 'ok', '{"userId":"338ff382-ca37-4d23-a300-f7848b41de42","role":"admin"}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('40cfe798-b146-4ec4-a5a5-68af348e9569', 1795734000000, '469eb120-bfb5-493e-b879-aad182f44a5c', '52f0b98a-005f-4cb4-b9f6-95f298735a17', 'user', '338ff382-ca37-4d23-a300-f7848b41de42', 'settings.saved', 'ok', '{"enabled":true,"provider":"teamleader-v1","clientIdChanged":true,"secretChanged":true}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('4f1eea58-caf6-45f6-94e4-88a1c7cd0267', 1795734000000, '469eb120-bfb5-493e-b879-aad182f44a5c', '98278db6-ab7b-4a2a-b438-8f6cf233ccb2', 'user', '338ff382-ca37-4d23-a300-f7848b41de42', 'settings.saved', 'ok', '{"enabled":true,"provider":"teamleader","clientIdChanged":true,"secretChanged":true}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('41329a12-5347-4e1c-9d56-f8ec12cbb303', 1795734000000, '469eb120-bfb5-493e-b879-aad182f44a5c', '98278db6-ab7b-4a2a-b438-8f6cf233ccb2', 'user', '338ff382-ca37-4d23-a300-f7848b41de42', 'settings.saved', 'ok', '{"enabled":true,"provider":"teamleader","clientIdChanged":false,"secretChanged":true}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('0c90eab5-d117-4930-ad52-7d72f0942868', 1795734000000, '469eb120-bfb5-493e-b879-aad182f44a5c', '98278db6-ab7b-4a2a-b438-8f6cf233ccb2', 'user', '338ff382-ca37-4d23-a300-f7848b41de42', 'authorization.departed', 'ok', '{"clientId":"c11e0000000000000000000000000001","redirectUri":"http://localhost:3000/oauth/callback"}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('61d60084-f5c1-4ec6-9cdc-ad643a8aa684', 1795734000000, '469eb120-bfb5-493e-b879-aad182f44a5c', '98278db6-ab7b-4a2a-b438-8f6cf233ccb2', 'user', '338ff382-ca37-4d23-a300-f7848b41de42', 'authorization.exchanged', 'ok', '{"provider":"teamleader","redirectUri":"http://localhost:3000/oauth/callback","knownState":true,"answer":"rotated","status":null,"error":null,"hint":null}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('ee635668-df76-4fc1-b27f-3d2226da588c', 1795734000000, '469eb120-bfb5-493e-b879-aad182f44a5c', '98278db6-ab7b-4a2a-b438-8f6cf233ccb2', 'system', NULL, 'identity.read', 'ok', '{"account":"account-1"}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('34a62652-a03e-411c-9c0f-0d7cb9c02ed3', 1795734000000, '469eb120-bfb5-493e-b879-aad182f44a5c', '52f0b98a-005f-4cb4-b9f6-95f298735a17', 'system', NULL, 'connection.superseded', 'ok', '{"provider":"teamleader-v1","by":"teamleader"}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('d63350c0-e915-49bf-9bb5-75f24478bdf4', 1795734000000, '469eb120-bfb5-493e-b879-aad182f44a5c', '98278db6-ab7b-4a2a-b438-8f6cf233ccb2', 'system', NULL, 'connection.promoted', 'ok', '{"as":"identified","account":null}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('0e31d356-5487-47d1-8f45-6f702cec4250', 1795744200000, '469eb120-bfb5-493e-b879-aad182f44a5c', '98278db6-ab7b-4a2a-b438-8f6cf233ccb2', 'system', NULL, 'token.refreshed', 'ok', '{"answer":"rotated","requests":1,"generation":2,"lifetimeMs":3600000}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('fdd5f302-201c-4a0c-936e-f11e5391f43e', 1795744200000, '469eb120-bfb5-493e-b879-aad182f44a5c', '8e758653-63bd-48a8-a1d2-4230fffe8c1a', 'user', '338ff382-ca37-4d23-a300-f7848b41de42', 'settings.saved', 'ok', '{"enabled":true,"provider":"teo","clientIdChanged":true,"targetChanged":true,"secretChanged":true}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('d3e81886-be65-4297-a9b2-f90e6ac38354', 1795744200000, '469eb120-bfb5-493e-b879-aad182f44a5c', '8e758653-63bd-48a8-a1d2-4230fffe8c1a', 'user', '338ff382-ca37-4d23-a300-f7848b41de42', 'authorization.exchanged', 'ok', '{"provider":"teo","redirectUri":null,"knownState":true,"answer":"same_token","status":null,"error":null,"hint":null}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('fae4a9a3-696c-4448-a708-b231c3d4ea40', 1795744200000, '469eb120-bfb5-493e-b879-aad182f44a5c', '8e758653-63bd-48a8-a1d2-4230fffe8c1a', 'system', NULL, 'connection.promoted', 'ok', '{"as":"identified","account":"instance-1"}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('045606b6-1787-455a-8746-9d6c9c5aedba', 1795744200000, '469eb120-bfb5-493e-b879-aad182f44a5c', '8e758653-63bd-48a8-a1d2-4230fffe8c1a', 'user', '338ff382-ca37-4d23-a300-f7848b41de42', 'connection.tested', 'ok', '{"provider":"teo","dossiers":"ok"}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('1a89b387-8591-4817-9d7d-27443e5816b9', 1795744200000, '9a038d0b-1a9c-4c6d-80fc-0cb892644f4f', NULL, 'operator', NULL, 'tenant.created', 'ok', '{}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('6323bfd5-e951-48ba-b9c1-7dbc302cf268', 1795744200000, '9a038d0b-1a9c-4c6d-80fc-0cb892644f4f', NULL, 'operator', NULL, 'user.created', 'ok', '{"userId":"e547c145-75db-4eac-ab21-2c22019e568e","role":"admin"}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('b46d4724-00d8-44f7-9394-c30d270acb9a', 1795744200000, '9a038d0b-1a9c-4c6d-80fc-0cb892644f4f', '970260a8-5f61-4249-877c-f1d509ac4e9e', 'user', 'e547c145-75db-4eac-ab21-2c22019e568e', 'settings.saved', 'ok', '{"enabled":true,"provider":"teamleader","clientIdChanged":true,"secretChanged":true}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('11093f84-03da-4754-b0ac-3e411d3ab794', 1795744200000, '9a038d0b-1a9c-4c6d-80fc-0cb892644f4f', '970260a8-5f61-4249-877c-f1d509ac4e9e', 'user', 'e547c145-75db-4eac-ab21-2c22019e568e', 'authorization.departed', 'ok', '{"clientId":"c11e0000000000000000000000000003","redirectUri":"http://localhost:3000/oauth/callback"}', NULL);
INSERT INTO "journal" (id, at, tenant_id, connection_id, actor, user_id, event, outcome, detail, address) VALUES ('31bf7cac-f86e-4957-9973-fbf0e6d15c41', 1795744800000, '9a038d0b-1a9c-4c6d-80fc-0cb892644f4f', '970260a8-5f61-4249-877c-f1d509ac4e9e', 'visitor', NULL, 'authorization.parked', 'ok', '{}', NULL);
INSERT INTO "pending_authorizations" (id, tenant_id, connection_id, client_id, user_id, redirect_uri, state_hash, nonce_hash, step, created_at, stepped_at, expires_at, sealed_code, failure) VALUES ('af7d4c5c-cd3d-46e5-a786-1a29cbcd973e', '469eb120-bfb5-493e-b879-aad182f44a5c', '98278db6-ab7b-4a2a-b438-8f6cf233ccb2', '65f013fe-35f7-42b6-830c-2b3a7a6c6830', '338ff382-ca37-4d23-a300-f7848b41de42', 'http://localhost:3000/oauth/callback', '2fb66534909ad41cd19b88649fc881635089a0edce1a7669de55a45be92d94c3', 'e0f5d528756fc4ff08935427ad65df76e4ebb9acd1f3057048fc2441c76a2296', 'done', 1795734000000, 1795734000000, 1795734900000, NULL, NULL);
INSERT INTO "pending_authorizations" (id, tenant_id, connection_id, client_id, user_id, redirect_uri, state_hash, nonce_hash, step, created_at, stepped_at, expires_at, sealed_code, failure) VALUES ('28e3eeca-6f07-4835-8392-4927a28855ee', '469eb120-bfb5-493e-b879-aad182f44a5c', '8e758653-63bd-48a8-a1d2-4230fffe8c1a', '8b983160-60d8-46d5-bbac-c609139f982e', '338ff382-ca37-4d23-a300-f7848b41de42', '', 'e536e8162fd9503c1e9f99962aa6de13a956c5b04c20ee41a43a1ddbfab9583c', '', 'done', 1795744200000, 1795744200000, 1795744260000, NULL, NULL);
INSERT INTO "pending_authorizations" (id, tenant_id, connection_id, client_id, user_id, redirect_uri, state_hash, nonce_hash, step, created_at, stepped_at, expires_at, sealed_code, failure) VALUES ('6cdd95e5-7ef7-450f-8fec-1ec871179b6f', '9a038d0b-1a9c-4c6d-80fc-0cb892644f4f', '970260a8-5f61-4249-877c-f1d509ac4e9e', 'd6d53f72-7fa6-4731-97d0-3cea6dc8861a', 'e547c145-75db-4eac-ab21-2c22019e568e', 'http://localhost:3000/oauth/callback', '4569e86893fdf6c935d49eb77b286b2a7095e518cd9e971dc3ea04ada2ab6004', 'a4337e36db6f83e55448f339f189b87a49d92369a02a8f45ebb5d5477ce1d8d3', 'parked', 1795744200000, 1795744800000, 1795745400000, 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcInB1cnBvc2VcIixcInBhcmtlZF9jb2RlXCJdLFtcInJvd1wiLFwiNmNkZDk1ZTUtN2VmNy00NTBmLThmZWMtMWVjODcxMTc5YjZmXCJdLFtcInRlbmFudFwiLFwiOWEwMzhkMGItMWE5Yy00YzZkLTgwZmMtMGNiODkyNjQ0ZjRmXCJdXSJ9..Udfp0xr8aiRSCoa9.BcRixP7ykPw5r8XOmxIw8awBOgb-VwDzSi7qu2o.SXP1FQ3vD83ttVnAxdwLag', NULL);
INSERT INTO "tenants" (id, name, ref, created_at, sort_name) VALUES ('469eb120-bfb5-493e-b879-aad182f44a5c', 'Connected', NULL, 1795734000000, 'connected');
INSERT INTO "tenants" (id, name, ref, created_at, sort_name) VALUES ('9a038d0b-1a9c-4c6d-80fc-0cb892644f4f', 'Parked', NULL, 1795744200000, 'parked');
INSERT INTO "token_calls" (id, provider, token_set_id, at, outcome) VALUES ('e4d224e6-53d0-48e4-86a1-789bc01ec4e7', 'teamleader', '87363863-ee9a-4907-bd1c-6105753e01de', 1795744200000, 'ok');
INSERT INTO "token_sets" (id, tenant_id, connection_id, client_id, provider, generation, sealed_access_token, sealed_refresh_token, expires_at, lifetime_ms, created_at, refresh_due_at, lease_owner, lease_until, intent_at, intent_owner, intent_fingerprint, used_at, access_refused, reported_generation, report_refreshed_at, report_tested_at, known_state, authorized_by, identity, account_id, account_name, account_email, identity_due_at, target) VALUES ('87363863-ee9a-4907-bd1c-6105753e01de', '469eb120-bfb5-493e-b879-aad182f44a5c', '98278db6-ab7b-4a2a-b438-8f6cf233ccb2', '65f013fe-35f7-42b6-830c-2b3a7a6c6830', 'teamleader', 2, 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcImdlbmVyYXRpb25cIiwyXSxbXCJwdXJwb3NlXCIsXCJhY2Nlc3NfdG9rZW5cIl0sW1wicm93XCIsXCI4NzM2Mzg2My1lZTlhLTQ5MDctYmQxYy02MTA1NzUzZTAxZGVcIl0sW1widGVuYW50XCIsXCI0NjllYjEyMC1iZmI1LTQ5M2UtYjg3OS1hYWQxODJmNDRhNWNcIl1dIn0..c0DoDEN5JjzBYPeO.l_hM4smw6zu0WSqW08Y04GatvXpR1GSUeg.IenzccJubPQhnQBjN0zaJw', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcImdlbmVyYXRpb25cIiwyXSxbXCJwdXJwb3NlXCIsXCJyZWZyZXNoX3Rva2VuXCJdLFtcInJvd1wiLFwiODczNjM4NjMtZWU5YS00OTA3LWJkMWMtNjEwNTc1M2UwMWRlXCJdLFtcInRlbmFudFwiLFwiNDY5ZWIxMjAtYmZiNS00OTNlLWI4NzktYWFkMTgyZjQ0YTVjXCJdXSJ9..qpuMd2iBJuIMYOQG.54luruMKs5MA4Z9sXoqUR83ghqm1p3ds12U.22Lw8jVNPKbWXiVCHiKESw', 1795747800000, 3600000, 1795734000000, 1795747611121, NULL, NULL, NULL, NULL, NULL, 1795744200000, 0, NULL, NULL, NULL, 1, '338ff382-ca37-4d23-a300-f7848b41de42', 'read', 'account-1', 'A B', 'ab@fixture.example', 1795734030000, NULL);
INSERT INTO "token_sets" (id, tenant_id, connection_id, client_id, provider, generation, sealed_access_token, sealed_refresh_token, expires_at, lifetime_ms, created_at, refresh_due_at, lease_owner, lease_until, intent_at, intent_owner, intent_fingerprint, used_at, access_refused, reported_generation, report_refreshed_at, report_tested_at, known_state, authorized_by, identity, account_id, account_name, account_email, identity_due_at, target) VALUES ('09d7f867-4aac-4219-8e9d-0afbebd05af0', '469eb120-bfb5-493e-b879-aad182f44a5c', '8e758653-63bd-48a8-a1d2-4230fffe8c1a', '8b983160-60d8-46d5-bbac-c609139f982e', 'teo', 1, 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcImdlbmVyYXRpb25cIiwxXSxbXCJwdXJwb3NlXCIsXCJhY2Nlc3NfdG9rZW5cIl0sW1wicm93XCIsXCIwOWQ3Zjg2Ny00YWFjLTQyMTktOGU5ZC0wYWZiZWJkMDVhZjBcIl0sW1widGVuYW50XCIsXCI0NjllYjEyMC1iZmI1LTQ5M2UtYjg3OS1hYWQxODJmNDRhNWNcIl1dIn0..Ir7pOWiNoZ1G0EEY.F8GYPjOuR5KUR8LhHrj3r3A8.2IL6hv9w9aLu_NX752OfNA', '', 1795747800000, 3600000, 1795744200000, NULL, NULL, NULL, NULL, NULL, NULL, 1795744200000, 0, NULL, NULL, NULL, 1, '338ff382-ca37-4d23-a300-f7848b41de42', 'read', 'instance-1', 'instance-1', '', 1795744200000, 'instance-1');
INSERT INTO "users" (id, tenant_id, role, email, name, password_hash, locale, disabled_at, created_at, oidc_issuer, oidc_subject) VALUES ('338ff382-ca37-4d23-a300-f7848b41de42', '469eb120-bfb5-493e-b879-aad182f44a5c', 'admin', 'connected@fixture.example', 'connected', '$argon2id$v=19$m=19456,t=2,p=1$4dwNUbUrFwi35cYorQmFJA$6uiHCys5Xurg2W16xglDS6m/d+FWQ8Bo0bdLYQk1G/E', 'fr', NULL, 1795734000000, NULL, NULL);
INSERT INTO "users" (id, tenant_id, role, email, name, password_hash, locale, disabled_at, created_at, oidc_issuer, oidc_subject) VALUES ('e547c145-75db-4eac-ab21-2c22019e568e', '9a038d0b-1a9c-4c6d-80fc-0cb892644f4f', 'admin', 'parked@fixture.example', 'parked', '$argon2id$v=19$m=19456,t=2,p=1$CvTvEzTHmoLvaNXa55ydAA$+4BJ5uiWbuxq1ujCphQTmRGBYdsRPf8/AaHlzpN5c9o', 'fr', NULL, 1795744200000, NULL, NULL);
INSERT INTO "vault_keys" (id, sealed_probe, created_at) VALUES ('fixture-1', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcInB1cnBvc2VcIixcImtleV9wcm9iZVwiXV0ifQ..nSnG0r6ZtBNWdUnz.c8x56esWAYg5Pw.GSeOymoxpNwOpaimG-yayg', 1795734000000);
INSERT INTO "search_words" (tenant_id, word) VALUES ('469eb120-bfb5-493e-b879-aad182f44a5c', 'connected');
INSERT INTO "search_words" (tenant_id, word) VALUES ('469eb120-bfb5-493e-b879-aad182f44a5c', 'fixture');
INSERT INTO "search_words" (tenant_id, word) VALUES ('469eb120-bfb5-493e-b879-aad182f44a5c', 'example');
INSERT INTO "search_words" (tenant_id, word) VALUES ('9a038d0b-1a9c-4c6d-80fc-0cb892644f4f', 'parked');
INSERT INTO "search_words" (tenant_id, word) VALUES ('9a038d0b-1a9c-4c6d-80fc-0cb892644f4f', 'fixture');
INSERT INTO "search_words" (tenant_id, word) VALUES ('9a038d0b-1a9c-4c6d-80fc-0cb892644f4f', 'example');
COMMIT;
