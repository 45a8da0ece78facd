import type { Admin } from '#lib/domain/accounts/user.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { TypedSettings } from '#lib/domain/connections/settings.ts'
import type { requestClientCredentials } from '../authorization/request-client-credentials.ts'
import type { SavedSettings, saveSettings } from './save-settings.ts'

/**
 * Saves the settings of a provider that asks nobody's consent, and tries them at once: what came of it is on the record
 * when this returns.
 */
export const trySettings =
  (save: ReturnType<typeof saveSettings>, request: ReturnType<typeof requestClientCredentials>) =>
  async (admin: Admin, provider: ProviderId, typed: TypedSettings): Promise<SavedSettings> => {
    const saved = await save(admin, provider, typed)
    if (saved.record) await request(admin, provider, saved.changed)
    return saved
  }
