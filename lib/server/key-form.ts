import 'server-only'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { ConnectionRecord } from '#lib/domain/connection-record.ts'
import { codeUnjudged } from '#lib/domain/exchange-refusal.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { TypedSettings } from '#lib/domain/settings.ts'
import type { Admin } from '#lib/domain/user.ts'
import { readNonce } from './browser-nonce.ts'
import { container } from './container.ts'
import { startDeparture } from './departure.ts'
import { buttonAction, formAction, type Outcome, textOf } from './form-action.ts'
import { stepAddress } from './guide-address.ts'
import { clearNotice } from './notice.ts'
import { requireFormAdmin } from './session.ts'
import { keepV1Keys } from './v1-form.ts'
import { forgetWaitingCode, readWaitingCode } from './waiting-code.ts'
import { noteWayBack } from './way-back.ts'

const route = '/administratif/cle-de-securite'

const typedSettings = (form: FormData): TypedSettings => ({
  revision: Number(textOf(form, 'revision')) || 0,
  enabled: form.get('enabled') !== null,
  clientIdentifier: textOf(form, 'clientId'),
  clientSecret: textOf(form, 'clientSecret'),
})

/** A typed code is exchanged at once; without one, saving consents to the code that waits in this browser. */
const redeem = async (admin: Admin, kept: ConnectionRecord, form: FormData): Promise<FailureCode | null> => {
  const { redeemPastedCode } = await container()
  const typed = textOf(form, 'authCode').trim()
  if (typed !== '') return redeemPastedCode.paste(admin, kept, typed, await readNonce())
  const waiting = await readWaitingCode()
  if (!waiting) return null
  let failure: FailureCode | null = null
  try {
    failure = await redeemPastedCode.consent(admin, kept, waiting)
    return failure
  } finally {
    // what the provider did not judge waits for another « Enregistrer »
    if (failure === null || !codeUnjudged.has(failure)) await forgetWaitingCode()
  }
}

const submit = async (form: FormData): Promise<Outcome> => {
  const admin = await requireFormAdmin()
  const intent = textOf(form, 'intent')
  const fromGuide = textOf(form, 'from') === 'guide'
  if (intent === 'forget_code') {
    await forgetWaitingCode()
    return { done: true }
  }
  // leaving for the consent page is V2's alone
  if (intent !== 'connect' && textOf(form, 'apiVersion') === 'V1') return keepV1Keys(admin, form)
  const { keepSettings, keepAlive } = await container()
  const typed = typedSettings(form)
  // « Se connecter » while paused switches on
  const settings = intent === 'connect' ? { ...typed, enabled: true } : typed
  const { kept, problems, warnings } = await keepSettings.save(admin, 'teamleader', settings)
  if (!kept) return { problems, warnings }
  await clearNotice()
  if (intent === 'connect') {
    await forgetWaitingCode()
    await startDeparture(admin)
    await noteWayBack(fromGuide)
    redirect('/oauth/depart')
  }
  const mended = kept.standing.state === 'misconfigured' && kept.tokenSet !== null && typed.clientSecret.trim() !== ''
  if (mended) await keepAlive.refreshNow(admin.tenantId, 'teamleader')
  // the guide asks for the two values alone: a code that waits is consented to on its own page
  if (fromGuide) redirect(stepAddress('connect').href)
  const failure = await redeem(admin, kept, form)
  if (!failure) return { warnings, done: true }
  // the page tells why, at the field; the refused code stays where it was typed
  return { warnings, done: false, retype: textOf(form, 'authCode') === '' ? [] : ['authCode'] }
}

export const submitTlGroup = formAction(
  {
    route,
    kept: ['enabled', 'apiVersion', 'clientId', 'apiGroup'],
    secrets: ['clientSecret', 'authCode', 'apiSecret'],
  },
  async (form) => {
    const outcome = await submit(form)
    revalidatePath(route)
    return outcome
  },
)

const answers = new Set(['accept', 'keep', 'skip_identity', 'identify'] as const)
type Answer = typeof answers extends Set<infer A> ? A : never

export const answerCandidate = formAction({ route, kept: [], secrets: [] }, async (form) => {
  const admin = await requireFormAdmin()
  const kind = textOf(form, 'answer') as Answer
  if (!answers.has(kind)) throw new Failure('candidate_gone')
  const given = kind === 'accept' ? { kind, accountId: textOf(form, 'accountId') } : { kind }
  const { answerCandidate: answer } = await container()
  await clearNotice()
  await answer.answer(admin, 'teamleader', textOf(form, 'candidateId'), given)
  revalidatePath(route)
  return {}
})

/** Draws the page anew for a browser that looks at it for a while. */
export const lookAgain = buttonAction(route, async () => {
  await requireFormAdmin()
  revalidatePath(route)
})
