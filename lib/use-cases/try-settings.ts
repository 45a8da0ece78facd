import type { ProviderId } from '#lib/domain/provider.ts'
import type { TypedSettings } from '#lib/domain/settings.ts'
import type { Admin } from '#lib/domain/user.ts'
import type { Kept, keepSettings } from './keep-settings.ts'
import type { requestGrant } from './request-grant.ts'

type Collaborators = Pick<ReturnType<typeof keepSettings>, 'save'> & Pick<ReturnType<typeof requestGrant>, 'request'>

/**
 * Saves the settings of a provider that asks nobody's consent, and tries them at once: what came of it is on the record
 * when this returns.
 */
export const trySettings =
  ({ save, request }: Collaborators) =>
  async (admin: Admin, provider: ProviderId, typed: TypedSettings): Promise<Kept> => {
    const saved = await save(admin, provider, typed)
    if (saved.kept) await request(admin, provider, saved.changed)
    return saved
  }
