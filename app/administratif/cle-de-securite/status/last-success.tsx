import { getTranslations } from 'next-intl/server'
import { When } from '#app/_ui/display/date.tsx'

export const LastSuccess = async ({ at, now }: { at: Date | null; now: Date }) => {
  const t = await getTranslations('fact')
  return (
    <div className="row">
      <dt>{t('lastSuccess')}</dt>
      <dd>{at ? <When at={at} now={now} /> : t('never')}</dd>
    </div>
  )
}
