import type { JournalEntry } from '#lib/sandbox/request-journal.ts'

/** Where in a refresh a kill fell. */
export const killPlaces = [
  'before intent',
  'intent durable, not sent',
  'sent, not committed',
  'committed, not delivered',
  'delivered, not stored',
  'stored, or idle',
] as const
export type KillPlace = (typeof killPlaces)[number]

interface Left {
  leaseOwner: string | null
  intentFingerprint: string | null
}

/**
 * @param left the token set as the killed process left it
 * @param ours the fingerprint of its refresh token
 * @param requests what the provider had seen at that moment
 */
export const placeOf = (left: Left, ours: string, requests: JournalEntry[]): KillPlace => {
  const last = requests.findLast(({ token }) => token === ours)
  if (last?.committed) return last.delivered ? 'delivered, not stored' : 'committed, not delivered'
  if (last) return 'sent, not committed'
  if (left.leaseOwner === null) return 'stored, or idle'
  return left.intentFingerprint === null ? 'before intent' : 'intent durable, not sent'
}
