import type { ConsoleView, Urgency } from './console-view.ts'

/** What support asks the admins of many tenants for at once. */
export const requestKinds = ['reconnect', 'upgrade'] as const
export type RequestKind = (typeof requestKinds)[number]

/** Why a tenant is not asked. */
export const skipReasons = [
  'archived',
  'restored',
  'paused',
  'not_begun',
  'other_connection',
  'asked_lately',
  'nobody_to_ask',
  'mended',
] as const
export type SkipReason = (typeof skipReasons)[number]

/** What is known of a connection and its tenant when it may be asked about. */
export interface Asked {
  archivedAt: Date | null
  restoredAt: Date | null
  urgency: Urgency
  provider: string
}

/** So many tenants are shown and asked at once; the next ones are on the next page. */
export const askedAtOnce = 100

const broken: readonly Urgency[] = ['reconnect_required', 'misconfigured']

/** Whether a connection is of the kind that a request is about. */
export const isAbout = (kind: RequestKind, { urgency, provider }: Pick<Asked, 'urgency' | 'provider'>): boolean =>
  kind === 'reconnect' ? broken.includes(urgency) : provider === 'teamleader-v1'

/**
 * The connections of a filter that a request is about, those that wait the longest first.
 *
 * @returns null when the filter shows none of them
 */
export const viewOf = (kind: RequestKind, view: ConsoleView): ConsoleView | null => {
  const sort = { by: view.archived ? 'name' : 'urgency', descending: false } as const
  if (kind === 'reconnect') {
    const shows = view.urgency === null || broken.includes(view.urgency)
    return shows ? { ...view, sort } : null
  }
  const shows = view.provider === null || view.provider === 'teamleader-v1'
  return shows ? { ...view, sort, provider: 'teamleader-v1' } : null
}

/** @param lately whether its tenant was asked something within a day */
export const skipReason = (
  kind: RequestKind,
  asked: Asked,
  { admins, lately }: { admins: number; lately: boolean },
): SkipReason | null => {
  if (asked.archivedAt) return 'archived'
  if (asked.restoredAt) return 'restored'
  if (asked.urgency === 'paused') return 'paused'
  if (asked.urgency === 'unconfigured') return 'not_begun'
  if (!isAbout(kind, asked)) return 'mended'
  if (lately) return 'asked_lately'
  return admins === 0 ? 'nobody_to_ask' : null
}
