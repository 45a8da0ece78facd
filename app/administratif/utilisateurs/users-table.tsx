import { getTranslations } from 'next-intl/server'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import type { readPeople } from '#lib/server/loaders/accounts/users-page.ts'
import { deliveryLabels } from './delivery-messages.ts'
import { PersonRow } from './user-row.tsx'

type Props = Pick<Awaited<ReturnType<typeof readPeople>>, 'people' | 'alone' | 'mailed' | 'now'>

const columns = ['person', 'role', 'state', 'lastSignIn', 'deeds'] as const

export const PeopleTable = async ({ people, ...rest }: Props) => {
  const [t, form, delivery] = await Promise.all([
    getTranslations('people'),
    formMessages('/administratif/utilisateurs', [
      'not_admin',
      'user_changed',
      'last_admin',
      'invitation_unsent',
      'mail_failed',
    ]),
    deliveryLabels(),
  ])
  return (
    <table className="people">
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
        {people.map((person) => (
          <PersonRow key={person.id} person={person} messages={form} delivery={delivery} {...rest} />
        ))}
      </tbody>
    </table>
  )
}
