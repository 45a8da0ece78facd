import { getFormatter, getTranslations } from 'next-intl/server'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { ShownList } from '#lib/server/loaders/sync/copies.ts'
import type { CopyPage } from '#lib/server/loaders/sync/sync-page.ts'
import { providerName } from './provider-name.ts'

interface Shown {
  code: FailureCode
  causes: string[]
}

/** Which fields the provider hides, by the names that people know. */
const hiddenFields = async ({ list, hidden }: ShownList, provider: string) => {
  const [t, format] = await Promise.all([getTranslations(), getFormatter()])
  const names = hidden.map((field) => t(`lists.field.${field}` as 'lists.field.name'))
  const fields = format.list(names.map((name) => t('sync.quoted', { name })))
  return t('sync.hidden', { count: names.length, fields, provider, list: t(`sync.names.${list}`) })
}

/** Only what a person must do something about: a failure that passes is namesFields by its state. */
const shownOf = async ({ provider, headline, lists, problem }: CopyPage): Promise<Shown | null> => {
  const words = await providerMessages(provider)
  if (problem) return { code: problem, causes: [words(`failures.${problem}.cause`)] }
  if (headline !== 'forbidden') return null
  const [t, name] = await Promise.all([getTranslations('sync'), providerName(provider)])
  const refused = lists.filter((list) => list.headline === 'forbidden')
  const code = refused[0]?.failure
  if (!code) return null
  if (code === 'read_forbidden')
    return { code, causes: refused.map(({ list }) => t('forbidden', { provider: name, list: t(`names.${list}`) })) }
  const hiding = refused.filter(({ hidden }) => hidden.length > 0)
  const namesFields = hiding.length > 0 && code === 'fields_hidden'
  const causes = namesFields ? await Promise.all(hiding.map((list) => hiddenFields(list, name))) : null
  return { code, causes: causes ?? [words(`failures.${code}.cause`)] }
}

/** Cause, fix, and where the fix is another page the one button to it. */
export const Problem = async ({ copy }: { copy: CopyPage }) => {
  const [t, shown] = await Promise.all([providerMessages(copy.provider), shownOf(copy)])
  if (!shown) return null
  const { code, causes } = shown
  const { headline, mayAct } = copy
  return (
    <>
      <div className="row todo" data-tone="bad">
        <dt>{t('problem.cause')}</dt>
        <dd>
          {causes.map((cause) => (
            <p key={cause}>{cause}</p>
          ))}
        </dd>
      </div>
      <div className="row todo" data-tone="bad">
        <dt>{t('problem.fix')}</dt>
        <dd>
          {mayAct ? t(`failures.${code}.fix`) : t('alert.askAdmin')}{' '}
          {mayAct && code === 'read_forbidden' ? (
            <a href="/administratif/cle-de-securite">{t('sync.action.connection')}</a>
          ) : null}
          {mayAct && copy.problem ? (
            <div className="actions">
              <a className="button primary" href="/administratif/cle-de-securite">
                {t(headline === 'misconfigured' ? 'alert.correct.link' : 'alert.reconnect.link')}
              </a>
            </div>
          ) : null}
        </dd>
      </div>
    </>
  )
}
