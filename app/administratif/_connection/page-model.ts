import type { Tone } from '#lib/domain/connections/connection-view.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** Where the page shows its problem: at a field, among the facts, as a passing word, or in the question. */
type Placement = 'field' | 'facts' | 'notice' | 'question'

/** What the button beside a problem does. */
type Repair = 'save' | 'connect' | 'test' | 'identify' | 'reload' | 'finish' | 'sign_in' | 'sign_out'

/** Whose button is the solid one: there is one a section, at the next step. */
type PrimaryButton =
  | 'code'
  | 'finish'
  | 'refresh'
  | 'question'
  | 'save'
  | 'resume'
  | 'resume_restored'
  | 'repair'
  | 'reconnect'
  | 'connect'

/** A variant of the headline: an exchange under way, a code to finish with, a failure beside a live connection. */
type Variant = 'under_way' | 'finish' | 'beside'

export interface Plan {
  tone: Tone
  variant: Variant | null
  placement: Placement | null
  repair: Repair | null
  /** What repairs is where the form ends, not beside the problem. */
  atFoot: boolean
  primary: PrimaryButton
}

type Problem = NonNullable<KeyPage['problem']>

const formFields = new Set<Problem['field']>([
  'clientId',
  'clientSecret',
  'authCode',
  'redirectUri',
  'target',
  'apiGroup',
  'apiSecret',
])

/** What the background work repairs by itself while the connection is switched on. */
const retried = new Set<Problem['code']>(['renewal_delayed', 'identity_unknown', 'provider_configuration'])

const placementOf = ({ view }: KeyPage, { code, field }: Problem): Placement | null => {
  if (view.candidate) return 'question'
  if (code === 'exchange_done' || code === 'exchange_under_way') return 'notice'
  // a code has come back since
  if (view.waitingCode && code === 'never_returned') return null
  // nobody tries anything during a pause
  if (view.headline === 'paused' && retried.has(code)) return null
  return formFields.has(field) ? 'field' : 'facts'
}

/** Where nobody's consent is asked, settings and tests are all there is to repair with. */
const repairWithoutConsent = ({ grant }: KeyPage, { code, remedy }: Problem): Repair | null => {
  if (remedy === 'reload' || remedy === 'save') return remedy
  // a key that is over is replaced by asking for another
  if (remedy === 'test' && code !== 'read_expired') return 'test'
  if (remedy !== 'test' && remedy !== 'connect') return null
  return grant === 'keys' ? 'test' : 'save'
}

const repairOf = (page: KeyPage, problem: Problem): Repair | null => {
  const { view, grant } = page
  const { code, remedy } = problem
  if (grant !== 'authorization_code') return repairWithoutConsent(page, problem)
  // what is asked first has buttons of its own
  if (view.waitingCode || code === 'exchange_done') return null
  switch (remedy) {
    case 'connect':
    case 'test':
    case 'identify':
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

const incidentOf = ({ view, problem, canFinish }: KeyPage, placement: Placement | null): Variant | null => {
  const { headline } = view
  const waits = headline === 'unconfigured' || headline === 'awaiting_authorization'
  if (waits && canFinish) return 'finish'
  if (waits && problem?.code === 'exchange_under_way') return 'under_way'
  const failed = (placement === 'field' || placement === 'facts') && problem?.code !== 'never_returned'
  return headline === 'connected' && failed ? 'beside' : null
}

/** A connection in use has « Reconnecter » among what can be done with it. */
const reconnects = ({ grant, view }: KeyPage): boolean =>
  grant === 'authorization_code' && view.connection !== null && view.enabled

/** Saving is always where the form ends; connecting too, unless the problem is told among what the connection does. */
const isAtFoot = (page: KeyPage, placement: Placement | null, repair: Repair | null): boolean =>
  repair === 'save' || (repair === 'connect' && (placement === 'field' || !reconnects(page)))

const primaryOf = (page: KeyPage, placement: Placement | null, repair: Repair | null): PrimaryButton => {
  const beside = placement === 'field' || placement === 'facts'
  const repairing = isAtFoot(page, placement, repair) && (repair === 'save' || repair === 'connect') ? repair : 'repair'
  const { view, problem, canFinish, grant } = page
  const live = view.headline === 'connected' || view.headline === 'degraded'
  if (view.candidate) return 'question'
  if (canFinish) return 'finish'
  if (view.waitingCode) return 'code'
  if (problem?.code === 'exchange_under_way') return 'refresh'
  if (view.headline === 'paused') return 'resume'
  if (view.headline === 'restored') return 'resume_restored'
  // who turned back on the way, and works, need not leave again
  if (live && problem?.code === 'never_returned') return 'save'
  if (grant !== 'authorization_code') return repair && beside ? repairing : 'save'
  // what broke comes before an authorization that never returned
  if (view.headline === 'reconnect_required' && (!placement || problem?.code === 'never_returned')) return 'reconnect'
  if (repair && beside) return repairing
  return live ? 'save' : 'connect'
}

/** Decides, once for the whole section, what is said where and which button leads on. */
export const buildPageModel = (page: KeyPage): Plan => {
  const { problem } = page
  const placement = problem && placementOf(page, problem)
  const repair = problem && repairOf(page, problem)
  const atFoot = isAtFoot(page, placement, repair)
  return {
    tone: page.view.tone,
    variant: incidentOf(page, placement),
    placement,
    repair,
    atFoot,
    primary: primaryOf(page, placement, repair),
  }
}

/** Whether only a person can repair the connection: the navigation says so on every page. */
export const needsAttention = ({ headline }: KeyPage['view']): boolean =>
  headline === 'reconnect_required' || headline === 'misconfigured'
