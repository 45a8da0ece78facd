'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { container } from '#lib/composition/container.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { codeUnjudged } from '#lib/domain/authorization/exchange-failure.ts'
import type { ConnectionRecord } from '#lib/domain/connections/connection-record.ts'
import type { Through } from '#lib/domain/connections/connection-view.ts'
import { type FailureCode, fieldOf } from '#lib/domain/failure-codes.ts'
import { requireFormAdmin, requireFormMember } from '../auth/session.ts'
import { readNonce } from '../cookies/browser-nonce.ts'
import { clearNotice } from '../cookies/flash.ts'
import { forgetWaitingCode, readWaitingCode } from '../cookies/stateless-code.ts'
import { candidateForm, chosenStatus, tlGroupForm } from '../forms/connection.ts'
import { readForm } from '../forms/read-form.ts'
import { stepPath } from '../http/guide-path.ts'
import { buttonAction, formAction, type Outcome } from '../http/server-action.ts'
import { readKeyPage } from '../loaders/connections/key-page.ts'
import { readV1Page } from '../loaders/connections/v1-page.ts'
import { saveReturnPath } from '../oauth/return-path.ts'
import { redirectToConsent } from '../oauth/start.ts'

const route = '/administratif/cle-de-securite'

type Typed = z.output<typeof tlGroupForm>

/** A typed code is exchanged at once; without one, saving consents to the code that waits in this browser. */
const redeem = async (admin: Admin, record: ConnectionRecord, authCode: string): Promise<FailureCode | null> => {
  const { redeemPastedCode } = await container()
  const typed = authCode.trim()
  if (typed !== '') return redeemPastedCode.paste(admin, record, typed, await readNonce())
  const waiting = await readWaitingCode()
  if (!waiting) return null
  let failure: FailureCode | null = null
  try {
    failure = await redeemPastedCode.consent(admin, record, waiting)
    return failure
  } finally {
    // what the provider did not judge waits for another « Enregistrer »
    if (failure === null || !codeUnjudged.has(failure)) await forgetWaitingCode()
  }
}

/** « Enregistrer » with V1 chosen: its keys are saved and tried at once, and nothing of V2 is touched. */
const submitV1 = async (admin: Admin, { revisionV1, apiGroup, apiSecret, ...typed }: Typed): Promise<Outcome> => {
  const { trySettings } = await container()
  const { record: preserved, problems } = await trySettings(admin, 'teamleader-v1', {
    revision: revisionV1,
    enabled: chosenStatus(typed),
    clientId: apiGroup,
    clientSecret: apiSecret,
  })
  if (!preserved) return { problems }
  const { problem } = await readV1Page()
  if (!problem || !preserved.enabled) return { done: true }
  // the page tells why, at the field; V1 stays chosen even while the section tells of V2
  return { done: false, values: { apiVersion: 'V1' } }
}

/** Leaves for the consent page. */
const leave = async (admin: Admin, through: Through, fromGuide: boolean) => {
  await clearNotice()
  await forgetWaitingCode()
  await redirectToConsent(admin, through)
  await saveReturnPath(fromGuide)
  redirect('/oauth/depart')
}

/** Whether « Enregistrer » is about « Statut » alone: through the operator's client there is nothing else to save. */
const isStatusAlone = async ({ clientId, clientSecret, authCode }: Typed) =>
  [clientId, clientSecret, authCode].every((text) => text.trim() === '') &&
  (await readWaitingCode()) === null &&
  (await readKeyPage()).through === 'shared'

const submitStatus = async (admin: Admin, typed: Typed): Promise<Outcome> => {
  const chosen = chosenStatus(typed)
  const { switchConnection } = await container()
  if (chosen !== null) await switchConnection(admin, 'teamleader', chosen)
  return { done: true }
}

const submit = async (form: FormData): Promise<Outcome> => {
  const admin = await requireFormAdmin()
  const typed = readForm(tlGroupForm, form)
  const { intent, revision, clientId, clientSecret, authCode } = typed
  const fromGuide = typed.from === 'guide'
  if (intent === 'forget_code') {
    await forgetWaitingCode()
    return { done: true }
  }
  // leaving for the consent page is V2's alone
  const leaves = intent === 'connect' || intent === 'connect_shared'
  if (!leaves && typed.apiVersion === 'V1') return submitV1(admin, typed)
  const isBlank = clientId.trim() === '' && clientSecret.trim() === ''
  if (intent === 'connect_shared' && isBlank) return leave(admin, 'shared', fromGuide)
  if (intent === 'save' && !fromGuide && (await isStatusAlone(typed))) return submitStatus(admin, typed)
  const { saveSettings, refreshDueTokens } = await container()
  // « Se connecter » while paused switches on
  const enabled = leaves ? true : chosenStatus(typed)
  const settings = { revision, enabled, clientId, clientSecret }
  const { record: preserved, problems, warnings } = await saveSettings(admin, 'teamleader', settings)
  if (!preserved) return { problems, warnings }
  if (leaves) return leave(admin, intent === 'connect' ? 'own' : 'shared', fromGuide)
  await clearNotice()
  const mended = preserved.status.state === 'misconfigured' && preserved.tokenSet !== null && clientSecret.trim() !== ''
  if (mended) await refreshDueTokens.refreshNow(admin.tenantId, 'teamleader')
  // the guide asks for the two values alone: a code that waits is consented to on its own page
  if (fromGuide) redirect(stepPath('connect').href)
  const failure = await redeem(admin, preserved, authCode)
  if (!failure) return { warnings, done: true }
  // the page tells why, at the field, unless it has a connection that works; the refused code stays where it was typed
  const { problem } = await readKeyPage()
  const untold = problem?.code === failure ? [] : [{ code: failure, field: fieldOf(failure) }]
  return { warnings, problems: untold, done: false, retype: authCode === '' ? [] : ['authCode'] }
}

export const submitTlGroup = formAction(
  {
    route,
    preserved: ['enabled', 'apiVersion', 'clientId', 'apiGroup'],
    secrets: ['clientSecret', 'authCode', 'apiSecret'],
  },
  async (form) => {
    const outcome = await submit(form)
    revalidatePath(route)
    return outcome
  },
)

export const confirmCandidate = formAction({ route, preserved: [], secrets: [] }, async (form) => {
  const admin = await requireFormAdmin()
  const { candidateId, accountId, answer: kind } = readForm(candidateForm, form)
  const given = kind === 'accept' ? { kind, accountId } : { kind }
  const app = await container()
  await clearNotice()
  await app.confirmCandidate(admin, 'teamleader', candidateId, given)
  revalidatePath(route)
  return { given: { answer: kind } }
})

/** Draws the page anew for a browser that looks at it for a while. */
export const autoRefresh = buttonAction(route, async () => {
  await requireFormMember()
  revalidatePath(route)
})
