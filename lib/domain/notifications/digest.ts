import { calendarOf } from '../calendar-day.ts'
import type { ConnectionState } from '../connections/connection-status.ts'
import type { ProviderId } from '../connections/provider.ts'

/** What support reads in the morning. */
export interface Digest {
  /** The oldest first, at most as many as a mail should list. */
  inNeed: { tenantName: string; ref: string | null; provider: ProviderId; state: ConnectionState; since: Date }[]
  /** How many they are. */
  count: number
  /** Connections that came from a backup and wait for a decision, and of when the newest backup is. */
  restored: { count: number; from: Date | null }
  /** Connections that wait for the operator to put its own client right; no customer is told. */
  operatorFault: number
  /** Keys of the platform that end within a week. */
  endingKeys: readonly { name: string; prefix: string; expiresAt: Date }[]
  /** Incidents of the last day. */
  opened: number
  closed: number
  /** Tenants whose connection is still of the version that is replaced. */
  onV1: number
}

/** Without any of these no mail is sent. */
export const isNews = ({ count, restored, operatorFault, endingKeys, opened, closed }: Digest) =>
  count + restored.count + operatorFault + endingKeys.length + opened + closed > 0

const fromHour = 7
/** A digest that did not run in the morning is not sent in the afternoon. */
const untilHour = 12

/** The day whose digest is due now where a clock is in that zone, as `2026-11-22`; null outside its morning. */
export const digestDay = (now: Date, timeZone: string): string | null => {
  const [day = '', time = ''] = calendarOf(timeZone).timeOf(now).split(' ')
  const hour = Number(time.slice(0, 2))
  return hour >= fromHour && hour < untilHour ? day : null
}
