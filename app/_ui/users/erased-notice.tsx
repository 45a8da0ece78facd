import { getTranslations } from 'next-intl/server'

interface Props {
  search: Promise<Record<string, string | string[] | undefined>>
  of?: 'users' | 'console.customer'
}

/** Says that somebody, or a customer, was erased, on the page that does not list them any more. */
export const ErasedNotice = async ({ search, of = 'users' }: Props) => {
  if ((await search).done !== 'erased') return null
  const t = await getTranslations(`${of}.erase`)
  return (
    <p className="notice" data-tone="neutral" role="status">
      {t('done')}
    </p>
  )
}
