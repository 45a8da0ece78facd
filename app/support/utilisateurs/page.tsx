import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { readConfirms } from '#app/_ui/forms/read-confirms.ts'
import { SupportShell } from '#app/_ui/layout/support-shell.tsx'
import { ErasedNotice } from '#app/_ui/users/erased-notice.tsx'
import { InviteColleague } from '#app/_ui/users/invite-colleague.tsx'
import { UsersTable } from '#app/_ui/users/users-table.tsx'
import { inviteColleague, manageColleague } from '#lib/server/actions/staff.ts'
import { readStaff } from '#lib/server/loaders/accounts/users-page.ts'

const here = '/support/utilisateurs'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('staff'))('title') })

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function StaffPage({ searchParams }: Props) {
  const [page, t, confirms] = await Promise.all([readStaff(), getTranslations('staff'), readConfirms()])
  return (
    <SupportShell here={here}>
      <main id="content" className="wide">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        <ErasedNotice search={searchParams} />
        <UsersTable {...page} action={manageColleague} here={here} caption={t('caption')} confirms={confirms} />
        <InviteColleague action={inviteColleague} here={here} mailed={page.mailed} confirms={confirms} />
      </main>
    </SupportShell>
  )
}
