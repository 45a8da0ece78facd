import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { readConfirms } from '#app/_ui/forms/read-confirms.ts'
import { AdministrativeShell } from '#app/_ui/layout/administrative-shell.tsx'
import { ErasedNotice } from '#app/_ui/users/erased-notice.tsx'
import { InviteColleague } from '#app/_ui/users/invite-colleague.tsx'
import { UsersTable } from '#app/_ui/users/users-table.tsx'
import { inviteUser, manageUser } from '#lib/server/actions/users.ts'
import { readUsers } from '#lib/server/loaders/accounts/users-page.ts'
import { RoleChoice } from './role-choice.tsx'

const here = '/administratif/utilisateurs'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('users'))('title') })

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function UsersPage({ searchParams }: Props) {
  const [page, t, confirms] = await Promise.all([readUsers(), getTranslations('users'), readConfirms()])
  const roles = (['reader', 'admin'] as const).map((role) => ({
    role,
    label: t(`roles.${role}`),
    help: t(`roleHelp.${role}`),
  }))
  return (
    <AdministrativeShell here={here}>
      <main id="content" className="wide">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede', { tenant: page.tenantName })}</p>
        <ErasedNotice search={searchParams} />
        <UsersTable {...page} action={manageUser} here={here} caption={t('caption')} confirms={confirms} />
        <InviteColleague
          action={inviteUser}
          here={here}
          more={['not_admin', 'role_missing']}
          mailed={page.mailed}
          confirms={confirms}
        >
          <RoleChoice label={t('role')} roles={roles} />
        </InviteColleague>
      </main>
    </AdministrativeShell>
  )
}
