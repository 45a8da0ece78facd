import { existsSync } from 'node:fs'
import { type Container, createContainer } from '#lib/composition/container.ts'
import { type Env, parseEnv } from '#lib/composition/env.ts'
import { fieldsOf } from '#lib/composition/log-fields.ts'
import { mailServer } from '#lib/composition/mail/mail-server.ts'
import { examineOidc } from '#lib/composition/settings/examine-oidc.ts'
import { type OidcSettings, oidcRedirectUri } from '#lib/composition/settings/oidc-settings.ts'
import { verifyKeys } from '#lib/composition/verify-keys.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { sentenceOf } from '../cli-error.ts'
import { bad, type Finding, fine } from './finding.ts'
import { checkSharedClients } from './operator-clients.ts'

const checkBackups = async ({ store, olderDatabase }: Container): Promise<Finding[]> => {
  const { count, from } = await store.restores.countRestored()
  return [
    ...((await olderDatabase.isBehind())
      ? [bad('Database: an older one was put back; the next start quarantines its connections.')]
      : []),
    ...(from === null
      ? []
      : [
          bad(
            `Backup: ${count} connections come from one of ${from.toISOString()} and wait for a decision on /support.`,
          ),
        ]),
  ]
}

const checkDatabase = async (env: Env): Promise<Finding[]> => {
  const file = env.databaseUrl.startsWith('file:') ? env.databaseUrl.slice('file:'.length) : null
  if (file !== null && !existsSync(file)) return [fine('Database: none yet; the first start makes it, with its keys.')]
  try {
    const container = await createContainer(env, { logTo: 'stderr', readOnly: true })
    try {
      await container.store.ready()
      await verifyKeys(container)
      const { unknown } = await container.manageKeys.list()
      if (unknown > 0)
        return [
          bad(`Database: ${unknown} values are sealed with keys that are missing from ENCRYPTION_KEYS: put them back.`),
        ]
      const { currentKeyId } = container.vault
      return [
        fine(`Database: answers, its migrations are current, its keys fit (current: ${currentKeyId}).`),
        ...(await checkBackups(container)),
        ...(await checkSharedClients(container)),
      ]
    } finally {
      await container.close()
    }
  } catch (error) {
    return [bad(`Database: ${sentenceOf(error)}`)]
  }
}

/** Any answer will do: what matters is that one comes. */
const checkReachable = async (what: string, url: string): Promise<Finding> => {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5000) })
    return fine(`${what}: ${url} answers.`)
  } catch {
    return bad(`${what}: ${url} does not answer within 5 s.`)
  }
}

const checkApp = async ({ publicUrl }: Env): Promise<Finding> => {
  try {
    const answer = await fetch(`${publicUrl}/api/health`, { redirect: 'manual', signal: AbortSignal.timeout(5000) })
    return answer.status === 200
      ? fine(`App: answers at ${publicUrl}.`)
      : bad(`App: ${publicUrl}/api/health answers ${answer.status}: PUBLIC_URL names something else.`)
  } catch {
    return bad(`App: ${publicUrl} does not answer: it is not running, or PUBLIC_URL is wrong.`)
  }
}

const mailFaults: Record<string, string> = {
  mail_tls_missing: 'the server of SMTP_URL offers no STARTTLS, and mail goes in clear to this machine alone',
  mail_tls_failed: 'no TLS with the server of SMTP_URL: its certificate, or its name, is not valid',
}

const checkMail = async (env: Env): Promise<Finding> => {
  try {
    await mailServer(env).verify()
    return fine('Mail: the server of SMTP_URL lets us in.')
  } catch (error) {
    const { errorCode: code = '' } = fieldsOf(error)
    return bad(`Mail: ${mailFaults[code] ?? `the server of SMTP_URL does not let us in (${code})`}.`)
  }
}

const oidcFaults: Partial<Record<FailureCode, string>> = {
  oidc_misconfigured: 'what answers there is no configuration of this issuer: OIDC_ISSUER is wrong',
  oidc_unavailable: 'it does not answer within 10 s',
}

const checkOidc = async ({ publicUrl }: Env, settings: OidcSettings): Promise<Finding> => {
  const fault = await examineOidc(settings, publicUrl)
  if (fault === null) return fine(`OpenID provider: ${settings.issuer} is what it says.`)
  return bad(`OpenID provider: ${settings.issuer}: ${oidcFaults[fault] ?? fault}.`)
}

const examine = async (): Promise<Finding[]> => {
  let env: Env
  try {
    env = parseEnv(process.env)
  } catch (error) {
    return sentenceOf(error)
      .split('\n')
      .map((line) => bad(`Settings: ${line}`))
  }
  const { oauthUrl, apiUrl } = env.teamleader
  const database = await checkDatabase(env)
  const others = await Promise.all([
    checkApp(env),
    checkReachable('Teamleader sign-in', oauthUrl),
    checkReachable('Teamleader API', apiUrl),
    ...(env.mail ? [checkMail(env)] : []),
    ...(env.oidc ? [checkOidc(env, env.oidc)] : []),
    // no more of it than its host: the rest may name a key
    ...(env.webhook ? [checkReachable('Webhook', new URL(env.webhook.url).origin)] : []),
  ])
  const redirectUri = fine(`Redirect URI to register at Teamleader: ${env.publicUrl}/oauth/callback`)
  const forOidc = env.oidc
    ? [fine(`Redirect URI to register at the OpenID provider: ${oidcRedirectUri(env.publicUrl)}`)]
    : []
  return [fine('Settings: complete.'), redirectUri, ...forOidc, ...database, ...others]
}

/** `doctor` @returns one sentence a line, and whether all is well. */
export const examineAll = async (): Promise<{ report: string; healthy: boolean }> => {
  const findings = await examine()
  const report = findings.map(({ ok, sentence }) => `${ok ? 'ok ' : 'BAD'} ${sentence}`).join('\n')
  return { report, healthy: findings.every(({ ok }) => ok) }
}
