import type { ReactNode } from 'react'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { Confirmation } from '#app/_ui/forms/confirmation.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { type FormAction, FormScope } from '#app/_ui/forms/form-scope.tsx'
import { readConfirms } from '#app/_ui/forms/read-confirms.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'

const proofs = ['confirmation_needed', 'confirmation_wrong', 'passkey_refused'] as const

interface Props {
  id: string
  tenantId: string
  action: FormAction
  codes?: readonly FailureCode[]
  children: ReactNode
}

/** A form about a customer whose action asks « Confirmez que c'est vous ». */
export const ConfirmedForm = async ({ id, tenantId, action, codes = [], children }: Props) => {
  const [messages, confirms] = await Promise.all([
    formMessages(`/support/${tenantId}`, [...proofs, ...codes]),
    readConfirms(),
  ])
  return (
    <FormScope action={action} labels={messages} prefix={`${id}-`} keeps={false}>
      <ActionForm id={id} className="confirmed">
        <input type="hidden" name="tenantId" value={tenantId} />
        {children}
        <Confirmation {...confirms} />
        <FormNotice />
      </ActionForm>
    </FormScope>
  )
}
