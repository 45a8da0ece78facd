import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { connectIntent } from '#app/administratif/_connection/contract.ts'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** Saves what is typed and leaves for the consent page, as « Reconnecter » does. */
export const ConnectButton = async ({ page, model }: { page: KeyPage; model: Plan }) => {
  const t = await getTranslations('button')
  return (
    <SubmitButton
      kind={model.primary === 'connect' ? 'primary' : 'plain'}
      form={sectionForms[page.provider].id}
      name="intent"
      value={connectIntent[page.through]}
      pending={t('leaving')}
    >
      {t('connect')}
    </SubmitButton>
  )
}
