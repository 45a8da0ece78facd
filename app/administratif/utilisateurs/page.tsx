import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { readConfirms } from '#app/_ui/forms/read-confirms.ts'
import { AdministrativeShell } from '#app/_ui/layout/administrative-shell.tsx'
import { ErasedNotice } from '#app/_ui/users/erased-notice.tsx'
import { UsersTable } from '#app/_ui/users/users-table.tsx'
import { manageUser } from '#lib/server/actions/users.ts'
import { readUsers } from '#lib/server/loaders/accounts/users-page.ts'
import { InviteForm } from './invite-form.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('users'))('title') })

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function UsersPage({ searchParams }: Props) {
  const [page, t, confirms] = await Promise.all([readUsers(), getTranslations('users'), readConfirms()])
  return (
    <AdministrativeShell here="/administratif/utilisateurs">
      <main id="content" className="wide">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede', { tenant: page.tenantName })}</p>
        <ErasedNotice search={searchParams} />
        <UsersTable
          {...page}
          action={manageUser}
          here="/administratif/utilisateurs"
          caption={t('caption')}
          confirms={confirms}
        />
        <InviteForm mailed={page.mailed} confirms={confirms} />
      </main>
    </AdministrativeShell>
  )
}
