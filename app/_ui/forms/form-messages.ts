import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Wording } from '#lib/i18n/provider-messages.ts'
import { signInPathFor } from '#lib/server/auth/deep-link.ts'
import { guideRoute, mendingStep } from '#lib/server/http/guide-path.ts'
import { publicUrl } from '#lib/server/http/public-url.ts'
import { providerMessages } from '../display/provider-messages.ts'
import type { FailureMessage, FormMessages } from './form-context.ts'

/** These can answer any form. */
const always = [
  'foreign_origin',
  'storage_unavailable',
  'session_ended',
  'too_many_attempts',
  'link_dead',
  'password_sign_in_off',
] as const

/** These are repaired on another page, or on this one once it is fresh. */
const repairedAt: Partial<Record<FailureCode, 'here' | '/connexion'>> = {
  edited_elsewhere: 'here',
  candidate_replaced: 'here',
  delivery_gone: 'here',
  user_changed: 'here',
  last_admin: 'here',
  had_admin: 'here',
  tenant_changed: 'here',
  tenant_archived: 'here',
  export_missing: 'here',
  note_changed: 'here',
  foreign_origin: 'here',
  storage_unavailable: 'here',
  unexpected: 'here',
  session_ended: '/connexion',
  password_sign_in_off: '/connexion',
  link_dead: '/connexion',
  link_used: '/connexion',
  link_expired: '/connexion',
}

const countLeft = { count: '{count}' }

/** The words of one form, and no others: the catalogue itself never goes to the browser. */
export const formMessages = async (
  here: string,
  codes: readonly FailureCode[] = [],
  wording: Wording = 'teamleader',
): Promise<FormMessages> => {
  const [t, url] = await Promise.all([providerMessages(wording), publicUrl()])
  const fixMessage = (code: FailureCode): FailureMessage => {
    const at = repairedAt[code]
    const href = at === '/connexion' ? signInPathFor(here) : at && here
    // a step of the guide need not lead to the guide
    const step = here === guideRoute ? null : mendingStep(code, wording)
    const labels = {
      cause: t(`failures.${code}.cause`),
      fix: t(`failures.${code}.fix`),
      ...(step && { step: { href: step.href, label: t('guide.seeStep', { number: step.number }) } }),
    }
    return href ? { ...labels, link: { href, label: t(`failures.${code}.action`) } } : labels
  }
  return {
    cause: t('problem.cause'),
    fix: t('problem.fix'),
    retype: t('problem.retype'),
    // filled in in the browser, which knows the answer
    wait: { minutes: t('problem.wait.minutes', countLeft), hours: t('problem.wait.hours', countLeft) },
    saved: t('key.saved'),
    warning: t('warnings.not_hexadecimal'),
    lost: {
      offline: { cause: t('problem.lost.cause'), fix: t('problem.lost.fix') },
      outdated: {
        cause: t('problem.outdated.cause'),
        fix: t('problem.outdated.fix'),
        link: { href: here, label: t('problem.outdated.action') },
      },
      elsewhere: {
        cause: t('problem.elsewhere.cause'),
        fix: t('problem.elsewhere.fix', { url }),
        link: { href: `${url}${here}`, label: t('problem.elsewhere.action', { url }) },
      },
    },
    publicUrl: url,
    unexpected: fixMessage('unexpected'),
    failures: Object.fromEntries([...always, ...codes].map((code) => [code, fixMessage(code)])),
  }
}
