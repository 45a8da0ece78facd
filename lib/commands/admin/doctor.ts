import { type Env, parseEnv } from '#lib/composition/env.ts'
import { oidcRedirectUri } from '#lib/composition/settings/oidc-settings.ts'
import { sentenceOf } from '../cli-error.ts'
import { checkDatabase } from './doctor/database.ts'
import { checkDisk, checkKeyFile, checkNode, checkRights } from './doctor/machine.ts'
import { checkApp, checkReachability } from './doctor/reachability.ts'
import { checkMail, checkOidc } from './doctor/services.ts'
import { bad, type Finding, fine } from './finding.ts'

const redirectUris = ({ publicUrl, oidc }: Env): Finding[] => {
  const atTeamleader = `Redirect URI to register at Teamleader: ${publicUrl}/oauth/callback`
  const atCompany = `Redirect URI to register at the OpenID provider: ${oidcRedirectUri(publicUrl)}`
  return [fine('redirect_uri', atTeamleader), ...(oidc ? [fine('redirect_uri', atCompany)] : [])]
}

const examine = async (): Promise<Finding[]> => {
  const node = checkNode(process.versions.node, new Date())
  let env: Env
  try {
    env = parseEnv(process.env)
  } catch (error) {
    const lines = sentenceOf(error).split('\n')
    return [...lines.map((line) => bad('settings', `Settings: ${line}`)), node]
  }
  const database = await checkDatabase(env)
  const others = await Promise.all([checkApp(env), checkReachability(env), checkMail(env), checkOidc(env)])
  return [
    fine('settings', 'Settings: complete.'),
    ...redirectUris(env),
    node,
    ...database,
    ...checkRights(env),
    ...checkKeyFile(env),
    ...checkDisk(env),
    ...others.flat(),
  ]
}

const marks: Record<Finding['level'], string> = { ok: 'ok ', advice: 'NB ', bad: 'BAD' }

/** `doctor [--json]` @returns one sentence a line, or all as JSON, and whether nothing is bad. */
export const examineAll = async ({ json }: { json: boolean }): Promise<{ report: string; healthy: boolean }> => {
  const findings = await examine()
  const healthy = findings.every(({ level }) => level !== 'bad')
  const lines = () => findings.map(({ level, sentence }) => `${marks[level]} ${sentence}`).join('\n')
  return { report: json ? JSON.stringify({ healthy, findings }) : lines(), healthy }
}
