import { getTranslations } from 'next-intl/server'
import type { Confirms } from '#app/_ui/forms/confirmation.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { linkDeliveryLabels } from '#app/_ui/links/link-delivery-messages.ts'
import type { FormState } from '#lib/domain/form-state.ts'
import type { UsersPage } from '#lib/server/loaders/accounts/users-page.ts'
import { UserRow } from './user-row.tsx'

interface Props extends Pick<UsersPage, 'users' | 'alone' | 'mailed' | 'now'> {
  action: (previous: FormState, form: FormData) => Promise<FormState>
  /** The path of the page. */
  here: string
  caption: string
  confirms: Confirms
}

const columns = ['person', 'role', 'state', 'lastSignIn', 'actions'] as const

export const UsersTable = async ({ users, here, caption, ...rest }: Props) => {
  const [t, form, delivery] = await Promise.all([
    getTranslations('users'),
    formMessages(here, [
      'not_admin',
      'user_changed',
      'last_admin',
      'last_supporter',
      'mail_missing',
      'passkey_refused',
      'invitation_unsent',
      'mail_failed',
      'mails_throttled',
      'confirmation_needed',
      'confirmation_wrong',
    ]),
    linkDeliveryLabels(),
  ])
  return (
    <table className="users">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" key={column}>
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <UserRow key={user.id} user={user} messages={form} delivery={delivery} {...rest} />
        ))}
      </tbody>
    </table>
  )
}
