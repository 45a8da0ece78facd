import { getTranslations } from 'next-intl/server'
import type { ComponentProps, ReactNode } from 'react'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Confirms } from '../forms/confirmation.tsx'
import { formMessages } from '../forms/form-messages.ts'
import { linkDeliveryLabels } from '../links/link-delivery-messages.ts'
import { InviteForm } from './invite-form.tsx'

const failures = [
  'email_malformed',
  'person_name_missing',
  'user_known',
  'invitation_unsent',
  'mails_throttled',
  'confirmation_needed',
  'confirmation_wrong',
] as const

interface Props extends Pick<ComponentProps<typeof InviteForm>, 'action'> {
  /** The page it stands on. */
  here: string
  /** What else its action may answer. */
  more?: readonly FailureCode[]
  mailed: boolean
  confirms: Confirms
  children?: ReactNode
}

/** Under the list of one's own people, of a customer or of support. */
export const InviteColleague = async ({ action, here, more = [], mailed, confirms, children }: Props) => {
  const [t, labels, delivery] = await Promise.all([
    getTranslations('users'),
    formMessages(here, [...failures, ...more]),
    linkDeliveryLabels(),
  ])
  const words = {
    ...{ title: t('invite'), help: t(mailed ? 'inviteMailed' : 'inviteShown'), email: t('email'), name: t('name') },
    ...{ submit: t(mailed ? 'submit' : 'submitShown'), pending: t('submitting') },
  }
  return (
    <InviteForm id="invite" {...{ action, labels, words, delivery, confirms }}>
      {children}
    </InviteForm>
  )
}
