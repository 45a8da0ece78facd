/** What is kept for a while only. */
export type Kept = 'journal' | 'sessions' | 'throttle' | 'links' | 'authorizations'

export interface RetentionStore {
  /**
   * Deletes what ended before an instant, the oldest first, a bounded number at a time so that nobody waits for it. The
   * newest authorization of a connection stays, whatever its age: its page tells of it.
   *
   * @returns how many were deleted
   */
  forget(what: Kept, before: Date, limit: number): Promise<number>
}
