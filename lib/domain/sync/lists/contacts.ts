import { minuteMs } from '../../duration.ts'
import type { SyncedList } from '../list.ts'

/** Never stored: `iban`, `bic`, `birthdate`, `gender`, `national_identification_number`, remarks. */
export const contacts: SyncedList = {
  id: 'contacts',
  provider: 'teamleader',
  reading: 'moving',
  everyMs: 5 * minuteMs,
  fields: [
    ...['id', 'first_name', 'last_name', 'salutation', 'status', 'emails', 'telephones', 'website'],
    ...['primary_address', 'language', 'tags', 'marketing_mails_consent', 'custom_fields'],
    ...['added_at', 'updated_at', 'web_url'],
  ],
  sendsEmpty: true,
  key: 'id',
  nameFields: ['last_name', 'first_name'],
  statusField: 'status',
  facetField: 'language',
  addedField: 'added_at',
  updatedField: 'updated_at',
}
