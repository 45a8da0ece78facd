import { getTranslations } from 'next-intl/server'
import type { KeysPage } from '#lib/server/loaders/api-keys/keys-page.ts'
import { formMessages } from '../forms/form-messages.ts'
import type { FormAction } from '../forms/form-scope.tsx'
import { CreateKey } from './create-key.tsx'
import { KeyRow } from './key-row.tsx'

interface Props {
  page: KeysPage
  /** The path of the page. */
  here: string
  create: FormAction
  revoke: FormAction
}

const columns = ['name', 'rights', 'lastUse', 'end', 'action'] as const

/** The keys of a tenant or of the platform, and the form that makes one. */
export const KeysView = async ({ page, here, create, revoke }: Props) => {
  const [t, messages] = await Promise.all([getTranslations('apiKeys'), formMessages(here, ['not_admin'])])
  const { keys, live, now } = page
  return (
    <>
      <section className="section key-list" aria-labelledby="keys-title">
        <div className="section-head">
          <h2 id="keys-title">{t('live', { count: live })}</h2>
        </div>
        {keys.length > 0 ? (
          <table className="keys">
            <caption className="visually-hidden">{t('caption')}</caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th scope="col" key={column}>
                    {t(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <KeyRow key={key.prefix} shown={key} now={now} revoke={revoke} messages={messages} />
              ))}
            </tbody>
          </table>
        ) : (
          <p className="help">{t('none')}</p>
        )}
      </section>
      <CreateKey page={page} here={here} create={create} />
    </>
  )
}
