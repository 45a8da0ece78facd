import { getTranslations } from 'next-intl/server'
import { FormNotice } from '#app/_ui/form-notice.tsx'
import { FormScope } from '#app/_ui/form-scope.tsx'
import { formWords } from '#app/_ui/form-words.ts'
import { answerCandidate } from '#lib/server/actions/key.ts'
import { answerFailures } from './contract.ts'
import { Deeds } from './deeds.tsx'
import { Facts } from './facts.tsx'
import { Folds } from './folds.tsx'
import { FormButtons } from './form-buttons.tsx'
import { Hero } from './hero.tsx'
import { PassingNotice } from './passing-notice.tsx'
import { planPage } from './plan.ts'
import { Question } from './question.tsx'
import { RetiredV1 } from './retired-v1.tsx'
import { Section } from './section.tsx'
import { Settings, type Versions } from './settings.tsx'

/** Who begins is shown the way. */
const FollowGuide = async () => {
  const t = await getTranslations('guide')
  return (
    <p className="hero-actions">
      <a href="/administratif/guide">{t('follow')}</a>
    </p>
  )
}

/** Teamleader, by either of its versions: status first, then what is asked, the facts, the form. */
export const TlGroup = async (versions: Versions) => {
  const { v1, v2, shown } = versions
  const page = shown === 'V1' ? v1 : v2
  const plan = planPage(page)
  return (
    <Section page={page} plan={plan}>
      <Hero page={page} plan={plan} />
      {page.view.headline === 'unconfigured' ? <FollowGuide /> : null}
      <PassingNotice page={page} plan={plan} />
      <FormScope action={answerCandidate} words={await formWords('/administratif/cle-de-securite', answerFailures)}>
        <FormNotice />
        {v2.view.candidate ? <Question page={v2} candidate={v2.view.candidate} /> : null}
      </FormScope>
      <Facts page={page} plan={plan}>
        {shown === 'V2' ? <RetiredV1 page={v1} /> : null}
      </Facts>
      <Deeds page={page} plan={plan} />
      <Settings {...versions} />
      <FormButtons {...versions} />
      <Folds page={page} />
    </Section>
  )
}
