import { getTranslations } from 'next-intl/server'

/** Says that somebody was erased, on the page that does not list them any more. */
export const ErasedNotice = async ({ search }: { search: Promise<Record<string, string | string[] | undefined>> }) => {
  if ((await search).done !== 'erased') return null
  const t = await getTranslations('users.erase')
  return (
    <p className="notice" data-tone="neutral" role="status">
      {t('done')}
    </p>
  )
}
