import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/date.tsx'
import type { KnownFault } from '#app/_ui/field-fault.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import type { Field } from '#lib/domain/failure-codes.ts'
import type { KeyPage } from '#lib/server/key-page.ts'

interface Props {
  page: KeyPage
  faultAt: (field: Field) => KnownFault | undefined
}

const length = 32

/** « Client ID (V2) » and « Client Secret (V2) »: a stored secret is never sent to the browser. */
export const CredentialFields = async ({ page, faultAt }: Props) => {
  const t = await getTranslations()
  const { clientIdentifier, secret } = page.view
  return (
    <>
      <TextField
        name="clientId"
        label={t('field.clientId')}
        help={t('help.clientId')}
        mono
        length={length}
        value={clientIdentifier}
        fault={faultAt('clientId')}
      />
      <TextField
        name="clientSecret"
        type="password"
        label={t('field.clientSecret')}
        help={secret ? t('help.secretStored', { date: await whenInline(secret.setAt, page.now) }) : t('help.secretNew')}
        mono
        length={length}
        placeholder={secret ? `•••• ${secret.last4}` : ''}
        fault={faultAt('clientSecret')}
      />
    </>
  )
}
