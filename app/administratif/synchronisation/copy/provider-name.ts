import { getTranslations } from 'next-intl/server'
import type { ProviderId } from '#lib/domain/connections/provider.ts'

/** « Teamleader », « téo ». */
export const providerName = async (provider: ProviderId): Promise<string> =>
  (await getTranslations('journal.value.provider'))(provider)
