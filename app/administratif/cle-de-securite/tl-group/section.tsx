import { getTranslations } from 'next-intl/server'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { answerFailures } from '#app/administratif/_connection/contract.ts'
import { buildPageModel } from '#app/administratif/_connection/page-model.ts'
import { StatusBanner } from '#app/administratif/_connection/status-banner.tsx'
import { confirmCandidate } from '#lib/server/actions/key.ts'
import { Decided } from '../candidate/decided.tsx'
import { Question } from '../candidate/question.tsx'
import { ConnectionActions } from '../form/actions.tsx'
import { Section } from '../form/section-frame.tsx'
import { Details } from '../status/details.tsx'
import { Facts } from '../status/facts.tsx'
import { PassingNotice } from '../status/flash.tsx'
import { CodeButtons } from './code-buttons.tsx'
import { FormButtons } from './form-buttons.tsx'
import { RetiredV1 } from './retired-v1.tsx'
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

const answers = ['accept', 'keep', 'skip_identity', 'identify'] as const

/** Teamleader, by either of its versions: status first, then what is asked, the facts, the form. */
export const TlGroup = async (versions: Versions) => {
  const { v1, v2, shown } = versions
  const page = shown === 'V1' ? v1 : v2
  const model = buildPageModel(page)
  const t = await getTranslations('question.decided')
  const decided = Object.fromEntries(answers.map((answer) => [answer, t(answer)]))
  return (
    <Section page={page} model={model}>
      <StatusBanner page={page} model={model} />
      {page.view.headline === 'code_received' ? <CodeButtons through={v2.through} /> : null}
      {page.view.headline === 'unconfigured' ? <FollowGuide /> : null}
      <PassingNotice page={page} model={model} />
      <FormScope
        action={confirmCandidate}
        labels={await formMessages('/administratif/cle-de-securite', answerFailures)}
      >
        <FormNotice />
        {v2.view.candidate ? <Question page={v2} candidate={v2.view.candidate} /> : <Decided texts={decided} />}
      </FormScope>
      <Facts page={page} model={model}>
        {shown === 'V2' ? <RetiredV1 page={v1} /> : null}
      </Facts>
      <ConnectionActions page={page} model={model} />
      <Settings {...versions} />
      <FormButtons {...versions} />
      <Details page={page} />
    </Section>
  )
}
