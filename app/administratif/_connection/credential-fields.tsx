import { whenInline } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { KnownFault } from '#app/_ui/fields/field-problem.tsx'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { Field } from '#lib/domain/failure-codes.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

interface Props {
  page: KeyPage
  faultAt: (field: Field) => KnownFault | undefined
}

interface Shape {
  identifier: Field
  secret: Field
  /** How many characters each has, where that is known. */
  length?: number
  /** Whether where to find the identifier is told at its field. */
  explained: boolean
}

const shapes: Record<ProviderId, Shape> = {
  teamleader: { identifier: 'clientId', secret: 'clientSecret', length: 32, explained: true },
  'teamleader-v1': { identifier: 'apiGroup', secret: 'apiSecret', explained: true },
  teo: { identifier: 'clientId', secret: 'clientSecret', explained: false },
}

/** « Client ID (V2) » and « Client Secret (V2) », and their like: a stored secret is never sent to the browser. */
export const CredentialFields = async ({ page, faultAt }: Props) => {
  const { provider, view, now } = page
  const t = await providerMessages(provider)
  const { clientId, secret } = view
  const shape = shapes[provider]
  const sized = shape.length ? { length: shape.length } : {}
  return (
    <>
      <TextField
        name={shape.identifier}
        label={t('field.clientId')}
        {...(shape.explained && { help: t('help.clientId') })}
        mono
        {...sized}
        value={clientId}
        fault={faultAt(shape.identifier)}
      />
      <TextField
        name={shape.secret}
        type="password"
        label={t('field.clientSecret')}
        help={secret ? t('help.secretStored', { date: await whenInline(secret.setAt, now) }) : t('help.secretNew')}
        mono
        {...sized}
        placeholder={secret ? `•••• ${secret.last4}`.trim() : ''}
        fault={faultAt(shape.secret)}
      />
    </>
  )
}
