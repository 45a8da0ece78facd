import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LanguageSwitch } from '#app/_ui/layout/language-switch.tsx'
import { Mark } from '#app/_ui/layout/logo.tsx'
import { ThemeSwitch } from '#app/_ui/layout/theme-switch.tsx'
import { readPrivacyNotice } from '#lib/server/loaders/privacy/privacy-page.ts'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('privacy'))('title') })

type Notice = Awaited<ReturnType<typeof readPrivacyNotice>>

const Section = async ({ topic, items, ends }: Notice['sections'][number]) => {
  const t = await getTranslations('privacy')
  return (
    <section aria-labelledby={topic}>
      <h2 id={topic}>{t(`topic.${topic}.title`)}</h2>
      <dl className="facts">
        <div className="row">
          <dt>{t('what')}</dt>
          <dd>
            <ul>
              {items.map((item) => (
                <li key={item}>{t(`item.${item}`)}</li>
              ))}
            </ul>
          </dd>
        </div>
        <div className="row">
          <dt>{t('why')}</dt>
          <dd>{t(`topic.${topic}.why`)}</dd>
        </div>
        <div className="row">
          <dt>{t('howLong')}</dt>
          <dd>
            {ends.map(({ until, days }) => (
              <p key={until}>{t(`until.${until}`, { days: days ?? 0 })}</p>
            ))}
          </dd>
        </div>
      </dl>
    </section>
  )
}

const CopiedFields = async ({ lists }: Pick<Notice, 'lists'>) => {
  const t = await getTranslations()
  const labels = (fields: readonly string[]) => [
    ...new Set(fields.map((field) => t(`lists.field.${field}` as Parameters<typeof t>[0]))),
  ]
  return (
    <section aria-labelledby="fields">
      <h2 id="fields">{t('privacy.fields.title')}</h2>
      <p>{t('privacy.fields.text')}</p>
      <dl className="facts">
        {lists.map(({ id, fields }) => (
          <div key={id} className="row">
            <dt>{t(`lists.title.${id}`)}</dt>
            <dd>{labels(fields).join(', ')}</dd>
          </div>
        ))}
      </dl>
      <p>{t('privacy.fields.never')}</p>
    </section>
  )
}

/** What is kept of people, why and how long, and what they may ask. */
export default async function PrivacyPage() {
  const [{ sections, lists, signedIn }, t] = await Promise.all([readPrivacyNotice(), getTranslations('privacy')])
  return (
    <div className="bare">
      <header>
        <a className="brand" href="/">
          <Mark /> Porte-clés
        </a>
      </header>
      <main id="content" className="text">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        {sections.map((section) => (
          <Section key={section.topic} {...section} />
        ))}
        <CopiedFields lists={lists} />
        <section aria-labelledby="rights">
          <h2 id="rights">{t('rights.title')}</h2>
          <ul>
            {(['read', 'correct', 'export', 'erase', 'customer'] as const).map((right) => (
              <li key={right}>{t(`rights.${right}`)}</li>
            ))}
          </ul>
          <p>{t('rights.ask')}</p>
        </section>
        <div className="actions">
          <a className="button" href={signedIn ? '/mon-compte' : '/connexion'}>
            {t(signedIn ? 'toAccount' : 'toSignIn')}
          </a>
        </div>
        <div className="preferences">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </main>
    </div>
  )
}
