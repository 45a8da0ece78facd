import { z } from 'zod'
import type { SignInPolicy } from '#lib/domain/accounts/sign-in-policy.ts'
import type { SharedClient } from '#lib/domain/connections/operator-client.ts'
import { hourMs } from '#lib/domain/duration.ts'
import { hasInvisible } from '#lib/domain/invisible.ts'
import type { CallRates } from './http/call-limits.ts'
import { type OidcSettings, readOidc } from './settings/oidc-settings.ts'
import { readSharedClients, sharedClientsSetting } from './settings/operator-clients.ts'
import { isDatabaseUrl, isLoopback, isSmtpUrl, percentEncode, webUrl } from './settings/setting-urls.ts'
import { readWebhook, type WebhookSettings, webhookSettings } from './webhook-settings.ts'

/** Why the process may not start, in one sentence a line; never holds a setting's value. */
export class StartupError extends Error {
  override readonly name = 'RefusedBoot'
}

export interface Env {
  /** The origin people and Teamleader use, without a slash at its end. */
  publicUrl: string
  port: number
  /** Where back ends are answered; port 0 takes a free one. */
  apiHost: string
  apiPort: number
  /** Where a process that answers no back ends is asked for its metrics; null asks nowhere. */
  metricsPort: number | null
  /** Of one key, with one process. */
  callRates: CallRates
  /** `external`: the background work and the API run in a process of their own (`npm run worker`). */
  worker: 'here' | 'external'
  databaseUrl: string
  /** The first one is current; null when the environment has none. */
  encryptionKeys: [EncryptionKey, ...EncryptionKey[]] | null
  nextAuthSecret: string | null
  /** Proxies whose `X-Forwarded-For` can be believed; 0 trusts no address. */
  trustedProxyHops: number
  /** `sharedClients`: the operator's own, empty where every tenant brings its own. */
  teamleader: { oauthUrl: string; apiUrl: string; sharedClients: readonly SharedClient[] }
  teamleaderV1Url: string
  teo: { authUrl: string; apiUrl: string }
  /** Null: passwords alone. */
  oidc: OidcSettings | null
  signInPolicy: SignInPolicy
  /** Null: nothing can be mailed. */
  mail: { smtpUrl: string; from: string } | null
  /** Null: no back end is told of connections. */
  webhook: WebhookSettings | null
  /** Days; 0 keeps the journal for good. */
  journalRetentionDays: number
  /** Where spans are sent by OTLP over HTTP; null: traces are off. */
  tracesEndpoint: string | null
  logLevel: string
}

export interface EncryptionKey {
  id: string
  key: Uint8Array
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const address = '[^\\s<>@,;:"()]+@[^\\s<>@,;:"()]+'
const sender = new RegExp(`^(${address}|[^<>@,;:"()\\\\\\r\\n]+ <${address}>)$`)

const readKeys = (text: string): Env['encryptionKeys'] => {
  const keys = text.split(',').map((part) => {
    const [, id = '', base64 = ''] = /^([\w.-]{1,64}):([A-Za-z0-9+/_-]{43}=?)$/.exec(part.trim()) ?? []
    return { id, key: new Uint8Array(Buffer.from(base64, 'base64')) }
  })
  const [first, ...others] = keys
  const distinct = new Set(keys.map(({ id }) => id)).size === keys.length
  return first && distinct && keys.every(({ key }) => key.length === 32) ? [first, ...others] : null
}

const number = (least: number, most: number, unset: number) =>
  z.coerce
    .number(`must be a whole number from ${least} to ${most}`)
    .pipe(
      z
        .number()
        .int(`must be a whole number from ${least} to ${most}`)
        .min(least, `must be a whole number from ${least} to ${most}`)
        .max(most, `must be a whole number from ${least} to ${most}`),
    )
    .default(unset)

const url = z.string().refine((text) => webUrl(text) !== null, 'must be an http or https URL')

const settings = z.object({
  PUBLIC_URL: url.refine((text) => webUrl(text)?.pathname === '/', 'must be an origin, without a path').optional(),
  PORT: number(1, 65_535, 3000),
  API_HOST: z
    .string()
    .regex(/^[\w.:-]{1,253}$/, 'must be a host name or an address')
    .default('127.0.0.1'),
  API_PORT: number(0, 65_535, 3001),
  METRICS_PORT: number(0, 65_535, 0),
  API_CALLS_PER_SECOND: number(0, 100_000, 200),
  API_PROXY_CALLS_PER_SECOND: number(0, 100_000, 20),
  WORKER: z.literal('external', 'must be external, or absent').optional(),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, `must be file:… or postgres://…; ${percentEncode}`)
    .default('file:./data/porte-cles.db'),
  ENCRYPTION_KEYS: z
    .string()
    .refine((text) => readKeys(text) !== null, 'must be kid:base64 of 32 bytes, separated by commas, each kid once')
    .optional(),
  NEXTAUTH_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  TRUSTED_PROXY_HOPS: number(0, 10, 0),
  TEAMLEADER_OAUTH_URL: url.default('https://focus.teamleader.eu'),
  TEAMLEADER_API_URL: url.default('https://api.focus.teamleader.eu'),
  TEAMLEADER_V1_URL: url.default('https://app.teamleader.eu/api'),
  TEAMLEADER_CLIENTS: sharedClientsSetting.optional(),
  TEO_AUTH_URL: url.default('https://auth.teoapp.fr'),
  TEO_API_URL: url.default('https://teoapp.fr/api/production'),
  OIDC_ISSUER: url.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  PASSWORD_SIGN_IN: z.enum(['on', 'off'], 'must be on or off').default('on'),
  REQUIRE_SECOND_FACTOR: z.enum(['support', 'all', 'none'], 'must be support, all or none').default('support'),
  SESSION_IDLE_HOURS: number(1, 12, 8),
  SMTP_URL: z
    .string()
    .refine(isSmtpUrl, `must be smtp://… or smtps://…, without path or query; ${percentEncode}`)
    .optional(),
  MAIL_FROM: z.string().regex(sender, 'must be name@host or Name <name@host>').optional(),
  ...webhookSettings,
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  JOURNAL_RETENTION_DAYS: number(0, 36_500, 400),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
})

const withoutSlash = (text: string) => text.replace(/\/+$/, '')

/** Plain http and loopback elsewhere are for development: only while the app itself is on loopback. */
const remoteProblems = (publicUrl: URL, remotes: Record<string, string>) =>
  isLoopback(publicUrl)
    ? []
    : Object.entries(remotes).flatMap(([name, text]) => {
        const remote = new URL(text)
        const fine = remote.protocol === 'https:' && !isLoopback(remote)
        return fine ? [] : [`${name} must be https and not on loopback, since PUBLIC_URL is not on loopback.`]
      })

/** What a file of settings left around or inside a value, which its own rule would blame on something else. */
const copyProblem = (value: string): string | null => {
  if (/^(["']).*\1$/s.test(value)) return 'stands in quotes: write it without them'
  return hasInvisible(value) ? 'contains a line break or an invisible character: write it on one line' : null
}

/** Trimmed once: what is checked is what is used. */
const readSettings = (source: Record<string, string | undefined>) => {
  const names = Object.keys(settings.shape)
  const trimmed = names.map((name) => [name, source[name]?.trim() ?? ''] as const).filter(([, value]) => value)
  const problems = trimmed.flatMap(([name, value]) => {
    const problem = copyProblem(value)
    return problem ? [`${name} ${problem}.`] : []
  })
  return problems.length > 0 ? refuse(problems) : Object.fromEntries(trimmed)
}

const refuse = (problems: string[]): never => {
  throw new StartupError(problems.join('\n'))
}

/** @throws RefusedBoot listing every problem at once, by setting. */
export const parseEnv = (source: Record<string, string | undefined>): Env => {
  const parsed = settings.safeParse(readSettings(source))
  if (!parsed.success) {
    const { issues } = parsed.error
    return refuse([...new Set(issues.map(({ path, message }) => `${path.join('.')} ${message}.`))])
  }
  const { data } = parsed
  const publicUrl = new URL(data.PUBLIC_URL ?? `http://localhost:${data.PORT}`)
  const { TEAMLEADER_OAUTH_URL, TEAMLEADER_API_URL, TEAMLEADER_V1_URL, TEO_AUTH_URL, TEO_API_URL } = data
  const providerUrls = { TEAMLEADER_OAUTH_URL, TEAMLEADER_API_URL, TEAMLEADER_V1_URL, TEO_AUTH_URL, TEO_API_URL }
  const { ALERT_WEBHOOK_URL, OIDC_ISSUER } = data
  const problems = remoteProblems(publicUrl, {
    ...providerUrls,
    ...(OIDC_ISSUER && { OIDC_ISSUER }),
    ...(ALERT_WEBHOOK_URL && { ALERT_WEBHOOK_URL }),
  })
  const webhook = readWebhook(data, problems)
  const oidc = readOidc(data, problems)
  if (data.PASSWORD_SIGN_IN === 'off' && !oidc)
    problems.push('PASSWORD_SIGN_IN must be on, since without OIDC_ISSUER there is no other way in.')
  if (data.PORT === data.API_PORT) problems.push('API_PORT must differ from PORT.')
  if ([data.PORT, data.API_PORT].includes(data.METRICS_PORT || -1))
    problems.push('METRICS_PORT must differ from PORT and API_PORT.')
  const { SMTP_URL, MAIL_FROM } = data
  if (Boolean(SMTP_URL) !== Boolean(MAIL_FROM)) problems.push('SMTP_URL and MAIL_FROM must be set together.')
  if (problems.length > 0) refuse(problems)
  return {
    publicUrl: publicUrl.origin,
    port: data.PORT,
    apiHost: data.API_HOST,
    apiPort: data.API_PORT,
    metricsPort: data.METRICS_PORT || null,
    callRates: { callsPerSecond: data.API_CALLS_PER_SECOND, proxiedPerSecond: data.API_PROXY_CALLS_PER_SECOND },
    worker: data.WORKER ?? 'here',
    databaseUrl: data.DATABASE_URL,
    encryptionKeys: data.ENCRYPTION_KEYS ? readKeys(data.ENCRYPTION_KEYS) : null,
    nextAuthSecret: data.NEXTAUTH_SECRET ?? null,
    trustedProxyHops: data.TRUSTED_PROXY_HOPS,
    teamleader: {
      oauthUrl: withoutSlash(TEAMLEADER_OAUTH_URL),
      apiUrl: withoutSlash(TEAMLEADER_API_URL),
      sharedClients: readSharedClients(data.TEAMLEADER_CLIENTS),
    },
    teamleaderV1Url: withoutSlash(TEAMLEADER_V1_URL),
    teo: { authUrl: withoutSlash(TEO_AUTH_URL), apiUrl: withoutSlash(TEO_API_URL) },
    mail: SMTP_URL && MAIL_FROM ? { smtpUrl: SMTP_URL, from: MAIL_FROM } : null,
    oidc,
    signInPolicy: {
      sessionIdleMs: data.SESSION_IDLE_HOURS * hourMs,
      requireSecondFactor: data.REQUIRE_SECOND_FACTOR,
      passwordSignIn: data.PASSWORD_SIGN_IN,
    },
    webhook,
    journalRetentionDays: data.JOURNAL_RETENTION_DAYS,
    tracesEndpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    logLevel: data.LOG_LEVEL,
  }
}

let parsed: Env | undefined

/** The settings of this process, parsed at first use. */
export const env = (): Env => {
  parsed ??= parseEnv(process.env)
  return parsed
}
