import { Copy } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { CopyButton } from '#app/_ui/display/copy-button.tsx'
import type { KnownFault } from '#app/_ui/fields/field-problem.tsx'
import { FaultSlot } from './redirect-problem.tsx'

/** « URL de redirection »: read, never written; the value shown is the value sent. */
export const RedirectField = async ({ uri, fault }: { uri: string; fault: KnownFault | undefined }) => {
  const t = await getTranslations()
  const { origin } = new URL(uri)
  return (
    <div className="field row">
      <label htmlFor="redirectUri">{t('field.redirectUri')}</label>
      <div>
        <div className="with-button">
          <output className="mono read" id="redirectUri" aria-describedby="redirectUri-fault redirectUri-help">
            {origin}/<wbr />
            {uri.slice(origin.length + 1)}
          </output>
          <CopyButton text={uri} label={t('help.copyRedirectUri')} copy={t('help.copy')} copied={t('help.copied')}>
            <Copy className="icon" aria-hidden="true" />
          </CopyButton>
        </div>
        <FaultSlot name="redirectUri" fault={fault} />
        <p className="help" id="redirectUri-help">
          {t('help.redirectUri')}
        </p>
      </div>
    </div>
  )
}
