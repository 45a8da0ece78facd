import { hourMs } from '../../duration.ts'
import type { SyncedList } from '../list.ts'

/** The real shape is unknown: what is not named here stays out. Never stored: comments, birth dates, addresses. */
export const dossiers: SyncedList = {
  id: 'dossiers',
  provider: 'teo',
  reading: 'pages',
  everyMs: hourMs,
  fields: ['@id', 'id', 'number', 'status', 'service', 'firstName', 'lastName', 'createdAt', 'updatedAt'],
  sendsEmpty: false,
  key: '@id',
  nameFields: ['lastName', 'firstName'],
  statusField: 'status',
  facetField: 'service',
  addedField: 'createdAt',
  updatedField: 'updatedAt',
}
