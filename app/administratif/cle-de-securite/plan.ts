import type { Headline, Tone } from '#lib/domain/connection-view.ts'
import type { KeyPage } from '#lib/server/key-page.ts'

/** Where the page shows its problem: at a field, among the facts, as a passing word, or in the question. */
export type Spot = 'field' | 'facts' | 'notice' | 'question'

/** What the button beside a problem does. */
export type Repair = 'save' | 'connect' | 'reload' | 'finish' | 'sign_in' | 'sign_out'

/** Whose button is the solid one: there is one a section, at the next step. */
export type Solid = 'finish' | 'question' | 'save' | 'resume' | 'repair' | 'connect'

export interface Plan {
  headline: Headline
  tone: Tone
  spot: Spot | null
  repair: Repair | null
  solid: Solid
}

type Problem = NonNullable<KeyPage['problem']>

const formFields = new Set<Problem['field']>(['clientId', 'clientSecret', 'authCode', 'redirectUri'])

const spotOf = ({ view }: KeyPage, { code, field }: Problem): Spot | null => {
  if (view.candidate) return 'question'
  if (code === 'exchange_done' || code === 'exchange_under_way') return 'notice'
  // a code has come back since
  if (view.waitingCode && code === 'never_returned') return null
  return formFields.has(field) ? 'field' : 'facts'
}

const repairOf = ({ view }: KeyPage, { code, remedy }: Problem): Repair | null => {
  // each of these has buttons of its own, and they come first
  if (view.waitingCode || code === 'exchange_done') return null
  switch (remedy) {
    case 'connect':
    case 'finish':
    case 'reload':
    case 'sign_in':
      return remedy
    case 'save':
      // what was never connected still has to go and ask for a code
      return view.connection ? 'save' : 'connect'
    case 'sign_in_as_other':
      return 'sign_out'
    default:
      return null
  }
}

const solidOf = ({ view, canFinish }: KeyPage, spot: Spot | null, repair: Repair | null): Solid => {
  if (view.candidate) return 'question'
  if (canFinish) return 'finish'
  if (view.waitingCode) return 'save'
  if (view.headline === 'paused') return 'resume'
  if (repair && (spot === 'field' || spot === 'facts')) return 'repair'
  return view.headline === 'connected' || view.headline === 'degraded' ? 'save' : 'connect'
}

/** Decides, once for the whole section, what is said where and which button leads on. */
export const planPage = (page: KeyPage): Plan => {
  const { view, problem } = page
  const spot = problem && spotOf(page, problem)
  const repair = problem && repairOf(page, problem)
  // nothing has failed while the exchange is under way
  const pending = spot === 'notice' && view.headline === 'refused'
  return {
    headline: pending ? 'awaiting_authorization' : view.headline,
    tone: pending ? 'neutral' : view.tone,
    spot,
    repair,
    solid: solidOf(page, spot, repair),
  }
}
