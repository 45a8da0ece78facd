import { getTranslations } from 'next-intl/server'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { TextField } from '../fields/text-field.tsx'

/** What can be wrong when someone gives themselves access. */
export const newAccessFailures: readonly FailureCode[] = [
  'email_malformed',
  'email_taken',
  'name_missing',
  'password_too_short',
  'password_too_long',
  'password_weak',
  'passwords_differ',
  'link_used',
  'link_expired',
]

/** A password typed twice, since nobody sees it. @param label where another one stands beside it */
export const NewPassword = async ({ label }: { label?: string }) => {
  const t = await getTranslations('newAccess')
  return (
    <>
      <TextField
        name="password"
        type="password"
        label={label ?? t('password')}
        help={t('passwordHelp')}
        autoComplete="new-password"
      />
      <TextField
        name="passwordAgain"
        type="password"
        label={t('passwordAgain')}
        help={t('passwordAgainHelp')}
        autoComplete="new-password"
      />
    </>
  )
}
