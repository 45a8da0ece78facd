import { getTranslations } from 'next-intl/server'
import { FormNotice } from '#app/_ui/form-notice.tsx'
import { FormScope } from '#app/_ui/form-scope.tsx'
import { formWords } from '#app/_ui/form-words.ts'
import type { KeyPage } from '#lib/server/key-page.ts'
import { answerCandidate, submitTlGroup } from './actions.ts'
import { answerFailures, formId, settingsFailures } from './contract.ts'
import { Deeds } from './deeds.tsx'
import { Facts } from './facts.tsx'
import { Folds } from './folds.tsx'
import { FollowGuide } from './follow-guide.tsx'
import { Hero } from './hero.tsx'
import { PassingNotice } from './passing-notice.tsx'
import { planPage } from './plan.ts'
import { Question } from './question.tsx'
import { Settings } from './settings.tsx'

const here = '/administratif/cle-de-securite'

/** The whole section: status first, then what is asked, the facts, the form. */
export const TlGroup = async ({ page }: { page: KeyPage }) => {
  const [t, words, answerWords] = await Promise.all([
    getTranslations('key'),
    formWords(here, settingsFailures),
    formWords(here, answerFailures),
  ])
  const plan = planPage(page)
  return (
    <FormScope action={submitTlGroup} words={words}>
      <section className="section" data-tone={plan.tone} aria-labelledby="tl-group-title">
        {/* the first button of a form is what Enter presses: here, saving */}
        <button
          className="unseen"
          type="submit"
          form={formId}
          name="intent"
          value="save"
          tabIndex={-1}
          aria-hidden="true"
        >
          {t('group')}
        </button>
        <div className="section-head">
          <h2 id="tl-group-title">{t('group')}</h2>
          <p>{t('provider')}</p>
        </div>
        <Hero page={page} plan={plan} />
        {page.view.headline === 'unconfigured' ? <FollowGuide /> : null}
        <PassingNotice page={page} plan={plan} />
        <FormScope action={answerCandidate} words={answerWords}>
          <FormNotice />
          {page.view.candidate ? <Question page={page} candidate={page.view.candidate} /> : null}
        </FormScope>
        <Facts page={page} plan={plan} />
        <Deeds page={page} plan={plan} />
        <Settings page={page} plan={plan} />
        <Folds page={page} />
      </section>
    </FormScope>
  )
}
