import { getTranslations } from 'next-intl/server'
import { Drawing, Screen } from './drawing.tsx'

/** Teamleader's question, under the name that was chosen: its mixture of languages is Teamleader's. */
export const ConsentDrawing = async ({ name }: { name: string }) => {
  const t = await getTranslations('guide')
  return (
    <Drawing label={t('steps.connect.drawing', { name })}>
      <Screen host="focus.teamleader.eu">
        <div className="drawn-card">
          <p className="drawn-title">{t('drawn.authorize', { name })}</p>
          <p lang="en">{t('drawn.permission', { name })}</p>
          <p>{t('drawn.asks')}</p>
          <ul lang="en">
            <li>Companies</li>
            <li>Contacts</li>
            <li>Departments</li>
            <li>Users</li>
          </ul>
          <p className="drawn-buttons">
            <span data-press="yes">{t('drawn.grant')}</span>
          </p>
        </div>
      </Screen>
    </Drawing>
  )
}
