/** What one run did, as far as it has come. */
export interface Tally {
  added: number
  changed: number
  deleted: number
  calls: number
  /** Records that came, changed or not. */
  read: number
  /** Records without what tells them apart: they are not stored. */
  unreadable: number
  /** Seconds in which more changed than could be proven read. */
  unproven: number
}

export const noTally: Tally = { added: 0, changed: 0, deleted: 0, calls: 0, read: 0, unreadable: 0, unproven: 0 }

export const changedSomething = ({ added, changed, deleted }: Tally): boolean => added + changed + deleted > 0

export const addTally = (a: Tally, b: Partial<Tally>): Tally => ({
  added: a.added + (b.added ?? 0),
  changed: a.changed + (b.changed ?? 0),
  deleted: a.deleted + (b.deleted ?? 0),
  calls: a.calls + (b.calls ?? 0),
  // stored before it was counted
  read: (a.read ?? 0) + (b.read ?? 0),
  unreadable: a.unreadable + (b.unreadable ?? 0),
  unproven: a.unproven + (b.unproven ?? 0),
})
