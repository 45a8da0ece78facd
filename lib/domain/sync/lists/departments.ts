import { minuteMs } from '../../duration.ts'
import type { SyncedList } from '../list.ts'

export const departments: SyncedList = {
  id: 'departments',
  provider: 'teamleader',
  reading: 'whole',
  everyMs: 5 * minuteMs,
  fields: ['id', 'name', 'vat_number', 'currency', 'emails', 'status'],
  sendsEmpty: true,
  key: 'id',
  nameFields: ['name'],
  statusField: 'status',
  facetField: null,
  addedField: null,
  updatedField: null,
}
