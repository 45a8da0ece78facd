import { Braces, Key, ListChecks, RefreshCw, ScrollText, Users } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { TenantRole } from '#lib/domain/accounts/user.ts'
import { requireMember } from '#lib/server/auth/session.ts'
import { readAttention } from '#lib/server/loaders/notifications/attention.ts'
import { BrokenBanner } from '../notices/broken-banner.tsx'
import { OutageBanner } from '../notices/outage-banner.tsx'
import { type NavEntry, Shell } from './shell.tsx'

interface Props {
  here: string
  children: ReactNode
}

/** Where what is broken is said in full, and mended. */
const mending = '/administratif/cle-de-securite'
/** Where questions about the copies are answered. */
const copies = '/administratif/synchronisation'

/** A customer's pages, in the order of the navigation, and who may see each. */
const pages = [
  { href: mending, label: 'keyPage', Icon: Key, roles: ['admin', 'reader'] },
  { href: '/administratif/guide', label: 'guide', Icon: ListChecks, roles: ['admin'] },
  { href: copies, label: 'sync', Icon: RefreshCw, roles: ['admin', 'reader'] },
  { href: '/administratif/journal', label: 'journal', Icon: ScrollText, roles: ['admin', 'reader'] },
  { href: '/administratif/utilisateurs', label: 'users', Icon: Users, roles: ['admin'] },
  { href: '/administratif/cles-api', label: 'apiKeys', Icon: Braces, roles: ['admin'] },
] as const

const seenBy = (role: TenantRole) => pages.filter(({ roles }) => roles.some((other) => other === role))

/** The frame of a customer's pages. */
export const AdministrativeShell = async ({ here, children }: Props) => {
  const [member, attention, t] = await Promise.all([requireMember(), readAttention(), getTranslations('shell')])
  const broken = attention.broken.length
  const entries: NavEntry[] = seenBy(member.role).map(({ href, label, Icon }) => ({
    href,
    label: t(label),
    icon: <Icon className="icon" aria-hidden="true" />,
    ...(href === mending && broken > 0 && { badge: { text: t('attention', { count: broken }), tone: 'bad' as const } }),
    ...(href === copies &&
      attention.held > 0 && { badge: { text: t('question', { count: attention.held }), tone: 'neutral' as const } }),
  }))
  return (
    <Shell
      owner={member.tenantName}
      userName={member.name}
      title={t('administrative')}
      here={here}
      entries={entries}
      banner={
        <>
          <OutageBanner of="tenant" />
          {here === mending ? null : <BrokenBanner {...attention} />}
        </>
      }
    >
      {children}
    </Shell>
  )
}
