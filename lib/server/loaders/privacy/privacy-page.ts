import 'server-only'
import { container } from '#lib/composition/container.ts'
import { privacyNotice } from '#lib/domain/privacy/privacy-notice.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import { currentUser } from '#lib/server/auth/session.ts'

/** What « Vie privée » tells, to whoever reads it, signed in or not. */
export const readPrivacyNotice = async () => {
  const [{ env }, user] = await Promise.all([container(), currentUser()])
  return {
    sections: privacyNotice(env.journalRetentionDays),
    lists: Object.values(syncedLists).map(({ id, fields }) => ({ id, fields })),
    signedIn: user !== null,
  }
}
