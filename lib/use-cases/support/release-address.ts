import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { SupportUser } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'

/**
 * Lets the address of a deactivated user be used for another access, as when somebody goes to work for another customer.
 * The user stays, for the journal, and cannot come in any more.
 */
export const releaseAddress =
  ({ store, clock }: Pick<Deps, 'store' | 'clock'>) =>
  /** @throws Failure `user_changed` for one who is active, or whose address is released already */
  async (support: SupportUser, tenantId: TenantId, userId: string): Promise<void> => {
    const by = { at: clock.now(), tenantId, actor: actorOf(support) }
    const entry = journalEntry({ ...by, event: 'email.released', detail: { userId } })
    if (!(await store.tenantUsers.releaseEmail(tenantId, userId, entry))) throw new Failure('user_changed')
  }
