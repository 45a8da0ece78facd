import type { ReactNode } from 'react'
import type { User } from '#lib/domain/accounts/user.ts'
import { AdministrativeShell } from './administrative-shell.tsx'
import { SupportShell } from './support-shell.tsx'

/** « Mon compte » stands within the pages that its user has. */
export const AccountShell = ({ user, children }: { user: User; children: ReactNode }) =>
  user.role === 'support' ? (
    <SupportShell here="/mon-compte">{children}</SupportShell>
  ) : (
    <AdministrativeShell here="/mon-compte">{children}</AdministrativeShell>
  )
