import type { ProviderId } from '#lib/domain/provider.ts'
import type { TypedSettings } from '#lib/domain/settings.ts'
import type { Admin } from '#lib/domain/user.ts'
import type { Kept, keepSettings } from './keep-settings.ts'
import type { requestGrant } from './request-grant.ts'

/**
 * Saves the settings of a provider that asks nobody's consent, and tries them at once: what came of it is on the record
 * when this returns.
 */
export const trySettings =
  (save: ReturnType<typeof keepSettings>, request: ReturnType<typeof requestGrant>) =>
  async (admin: Admin, provider: ProviderId, typed: TypedSettings): Promise<Kept> => {
    const saved = await save(admin, provider, typed)
    if (saved.kept) await request(admin, provider, saved.changed)
    return saved
  }
