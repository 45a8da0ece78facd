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
 * @param request the last one with its refresh token, as the provider had seen it when the process was gone; null when it
 * had been sent, but not yet seen
 */
export const placeOf = (left: Left, request: JournalEntry | null | undefined): KillPlace => {
  if (request?.committed) return request.delivered ? 'delivered, not stored' : 'committed, not delivered'
  if (request !== undefined) return 'sent, not committed'
  if (left.leaseOwner === null) return 'stored, or idle'
  return left.intentFingerprint === null ? 'before intent' : 'intent durable, not sent'
}
