import { getTranslations } from 'next-intl/server'
import { clockTime } from '#app/_ui/display/date.tsx'
import type { KnownFault } from '#app/_ui/fields/field-problem.tsx'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** « Auth Code (V2) »: to paste into, or the word that a code has come by itself; never its value. */
export const CodeField = async ({ page, fault }: { page: KeyPage; fault: KnownFault | undefined }) => {
  const t = await getTranslations()
  const { waitingCode, connection } = page.view
  if (!waitingCode)
    return (
      <TextField
        name="authCode"
        label={t('field.authCode')}
        optional={t('key.optional')}
        help={t(connection ? 'help.authCodeConnected' : 'help.authCode')}
        mono
        placeholder={t('help.authCodePlaceholder')}
        fault={fault}
      />
    )
  return (
    <div className="field row">
      <label htmlFor="authCode">{t('field.authCode')}</label>
      <div>
        <input
          type="text"
          id="authCode"
          value={t('help.codeReceived', { time: await clockTime(waitingCode.arrivedAt) })}
          readOnly
          aria-describedby="authCode-help"
        />
        <p className="help" id="authCode-help">
          {t('help.codeReceivedWhy')}
        </p>
      </div>
    </div>
  )
}
