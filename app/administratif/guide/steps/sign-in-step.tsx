import { getTranslations } from 'next-intl/server'
import type { GuidePage } from '#lib/server/loaders/guide/guide-page.ts'
import { Drawing, Marker, Screen } from '../drawings/drawing.tsx'
import { OpenTeamleader } from './open-teamleader.tsx'
import { StepForm } from './step-form.tsx'

export const SignInStep = async ({ page }: { page: GuidePage }) => {
  const t = await getTranslations('guide')
  return (
    <StepForm page={page}>
      <p>{t(`steps.sign_in.${page.key.through === 'shared' ? 'textShared' : 'text'}`)}</p>
      <div className="actions">
        <OpenTeamleader url={page.teamleaderUrl} />
      </div>
      <Drawing label={t('steps.sign_in.drawing')}>
        <Screen host="focus.teamleader.eu">
          <div className="drawn-card">
            <Marker n={1} />
            <p className="drawn-title">{t('drawn.signIn')}</p>
            <p className="drawn-value">{t('drawn.email')}</p>
            <p className="drawn-value">{t('drawn.password')}</p>
            <p className="drawn-buttons">
              <span data-press="yes">{t('drawn.enter')}</span>
            </p>
          </div>
        </Screen>
      </Drawing>
      <p className="hint">{t('steps.sign_in.hint')}</p>
    </StepForm>
  )
}
