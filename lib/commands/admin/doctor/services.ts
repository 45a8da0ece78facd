import type { Env } from '#lib/composition/env.ts'
import { fieldsOf } from '#lib/composition/log-fields.ts'
import { mailServer } from '#lib/composition/mail/mail-server.ts'
import { examineOidc } from '#lib/composition/settings/examine-oidc.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { bad, type Finding, fine } from '../finding.ts'
import { causeOfCode, reach } from './reachability.ts'

const mailFaults: Record<string, string> = {
  mail_tls_missing: 'the server of SMTP_URL offers no STARTTLS, and mail goes in clear to this machine alone',
  mail_tls_failed:
    'no TLS with the server of SMTP_URL: its certificate is not valid, is for another name, or is of an authority that NODE_EXTRA_CA_CERTS must name',
  EAUTH: 'the server of SMTP_URL refuses the user or the password',
}

/** Greets, secures and signs in; nothing is sent. */
export const checkMail = async (env: Env): Promise<Finding[]> => {
  if (!env.mail) return []
  try {
    await mailServer(env).verify()
    return [fine('mail', 'Mail: the server of SMTP_URL lets us in.')]
  } catch (error) {
    const { errorCode: code = '' } = fieldsOf(error)
    const fault = mailFaults[code] ?? mailFaults[code.split(' ')[0] ?? '']
    return [bad('mail', `Mail: ${fault ?? `the server of SMTP_URL: ${causeOfCode(code)}`}.`)]
  }
}

const oidcFaults: Partial<Record<FailureCode, string>> = {
  oidc_misconfigured: 'what answers there is no configuration of this issuer: OIDC_ISSUER is wrong',
  oidc_unavailable: 'it answers, but not with its configuration: look at its own log',
}

export const checkOidc = async ({ oidc, publicUrl }: Env): Promise<Finding[]> => {
  if (!oidc) return []
  const fault = await examineOidc(oidc, publicUrl)
  if (fault === null) return [fine('oidc', `OpenID provider: ${oidc.issuer} is what it says.`)]
  if (fault === 'oidc_unavailable') {
    const { finding } = await reach('oidc', 'OpenID provider', oidc.issuer)
    if (finding.level === 'bad') return [finding]
  }
  return [bad('oidc', `OpenID provider: ${oidc.issuer}: ${oidcFaults[fault] ?? fault}.`)]
}
