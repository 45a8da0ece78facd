import { getTranslations } from 'next-intl/server'
import type { CopyPage } from '#lib/server/loaders/sync/sync-page.ts'
import { CopyActions } from './actions.tsx'
import { Facts } from './facts.tsx'
import { Hero } from './hero.tsx'
import { ListsTable } from './lists-table.tsx'
import { CopyProgress } from './progress.tsx'
import { providerName } from './provider-name.ts'
import { DeletionQuestion } from './question.tsx'

/** What is copied of one provider: state, question, facts, lists, what can be done. */
export const CopySection = async ({ copy }: { copy: CopyPage }) => {
  const [t, name] = await Promise.all([getTranslations('sync'), providerName(copy.provider)])
  const titleId = `${copy.provider}-title`
  return (
    <section className="section copied" data-tone={copy.tone} aria-labelledby={titleId}>
      <div className="section-head">
        <h2 id={titleId}>{t('section', { provider: name })}</h2>
      </div>
      <Hero copy={copy} />
      <CopyProgress copy={copy} />
      {copy.lists.map((list) => (
        <DeletionQuestion key={list.list} copy={copy} list={list} />
      ))}
      <Facts copy={copy} />
      <ListsTable copy={copy} />
      {copy.mayAct ? <CopyActions copy={copy} /> : null}
    </section>
  )
}
