/** Where a reader of a list's changes stands: everything at or before it is known to them. */
export interface FeedPosition {
  change: number
  /** The row within the change, since a page of records shares one number. */
  record: number
}

/** Which tombstones a reader is told of. */
export const deletedChoices = ['exclude', 'include', 'only'] as const
export type Deleted = (typeof deletedChoices)[number]

/** All of a change: its records were stored in one commit. */
export const behind = (change: number): FeedPosition => ({ change, record: Number.MAX_SAFE_INTEGER })

/** Whether all of a change is known there. */
export const isBehind = (position: FeedPosition, change: number): boolean =>
  position.change > change || (position.change === change && position.record === behind(change).record)

/** What a reader's cursor holds. */
export interface FeedCursor {
  position: FeedPosition
  epoch: number
  /** The change up to which tombstones were forgotten when the reader began: who began later never had those records. */
  horizon: number
}

/** A cursor's text, before it is sealed. */
export const writeCursor = ({ epoch, position: { change, record }, horizon }: FeedCursor) =>
  [epoch, change, record, horizon].join('.')

/** @returns null for anything else */
export const readCursor = (text: string): FeedCursor | null => {
  if (!/^\d+(\.\d+){3}$/.test(text)) return null
  const [epoch = 0, change = 0, record = 0, horizon = 0] = text.split('.').map(Number)
  return { epoch, position: { change, record }, horizon }
}
