import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SavedNote } from '#app/_ui/forms/saved-note.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { assist } from '#lib/server/actions/support.ts'
import type { TenantConnection } from '#lib/server/loaders/support/tenant-page.ts'

const messages = {
  ask: { label: 'ask', pending: 'asking', done: 'asked' },
  test: { label: 'test', pending: 'testing', done: 'tested' },
  retry: { label: 'retry', pending: 'retrying', done: 'retried' },
  // what was done is what the connection is now
  pause: { label: 'pause', pending: 'pausing', done: 'resumed' },
  resume_restored: { label: 'restored', pending: 'resumingRestored', done: 'resumedRestored' },
  resume: { label: 'resume', pending: 'resuming', done: 'paused' },
} as const

export type SupportAction = keyof typeof messages

const failures: readonly FailureCode[] = [
  'not_connected',
  'reconnect_required',
  'connection_disabled',
  'misconfigured',
  'provider_unavailable',
  'provider_throttled',
  'edited_elsewhere',
  'mail_missing',
  'nobody_to_ask',
  'mails_throttled',
]

interface Props {
  record: TenantConnection['record']
  action: SupportAction
  /** Actions that replace each other are one form. */
  id: string
  primary?: boolean
}

/** One thing support does with a connection, and what came of it. */
export const SupportActionForm = async ({ record, action, id, primary = false }: Props) => {
  const { tenantId, provider, revision } = record
  const [t, spoken] = await Promise.all([
    getTranslations('console.action'),
    formMessages(`/support/${tenantId}`, failures),
  ])
  const { label, pending, done } = messages[action]
  // the guide is a page of the customer's
  const faults = Object.entries(spoken.failures).map(([code, { step: _, ...messages }]) => [code, messages])
  return (
    <FormScope action={assist} labels={{ ...spoken, failures: Object.fromEntries(faults), saved: t(done) }}>
      <ActionForm id={`${id}-${provider}`} className="flat">
        <input type="hidden" name="tenantId" value={tenantId} />
        <input type="hidden" name="provider" value={provider} />
        <input type="hidden" name="revision" value={revision} />
        <SubmitButton kind={primary ? 'primary' : 'plain'} name="operation" value={action} pending={t(pending)}>
          {t(label)}
        </SubmitButton>
        <FormNotice />
        <SavedNote />
      </ActionForm>
    </FormScope>
  )
}
