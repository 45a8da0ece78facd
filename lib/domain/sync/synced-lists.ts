import type { ListId, SyncedList } from './list.ts'
import { companies } from './lists/companies.ts'
import { contacts } from './lists/contacts.ts'
import { departments } from './lists/departments.ts'
import { dossiers } from './lists/dossiers.ts'

/** Every list that is copied, in the order in which it is shown. */
export const syncedLists: Record<ListId, SyncedList> = { companies, contacts, departments, dossiers }
