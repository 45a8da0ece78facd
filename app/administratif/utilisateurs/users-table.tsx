import { getTranslations } from 'next-intl/server'
import type { Confirms } from '#app/_ui/forms/confirmation.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { linkDeliveryLabels } from '#app/_ui/links/link-delivery-messages.ts'
import type { readUsers } from '#lib/server/loaders/accounts/users-page.ts'
import { UserRow } from './user-row.tsx'

type Props = Pick<Awaited<ReturnType<typeof readUsers>>, 'users' | 'alone' | 'mailed' | 'now'> & { confirms: Confirms }

const columns = ['person', 'role', 'state', 'lastSignIn', 'actions'] as const

export const UsersTable = async ({ users, ...rest }: Props) => {
  const [t, form, delivery] = await Promise.all([
    getTranslations('users'),
    formMessages('/administratif/utilisateurs', [
      'not_admin',
      'user_changed',
      'last_admin',
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
      <caption className="unseen">{t('caption')}</caption>
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
