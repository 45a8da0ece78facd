import { minuteMs } from '../duration.ts'
import type { ListId, SyncedList } from './list.ts'
import { companies } from './lists/companies.ts'
import { contacts } from './lists/contacts.ts'
import { departments } from './lists/departments.ts'
import { dossiers } from './lists/dossiers.ts'

/** Every list that is copied, in the order in which it is shown. */
export const syncedLists: Record<ListId, SyncedList> = { companies, contacts, departments, dossiers }

/** Calls a minute of an account for passes that nobody waits for: 1 % of what Teamleader allows. */
const trickledPerMinute = 2

/** Between two calls of such a pass over a list: those that are read by what changed share the calls of their account. */
export const trickleMs = ({ provider }: SyncedList): number => {
  const sharing = Object.values(syncedLists).filter((list) => list.provider === provider && list.reading === 'moving')
  return (sharing.length * minuteMs) / trickledPerMinute
}
