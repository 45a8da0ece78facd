import { minuteMs } from '../../duration.ts'
import type { SyncedList } from '../list.ts'

/** Never stored: `iban`, `bic`, remarks. */
export const companies: SyncedList = {
  id: 'companies',
  provider: 'teamleader',
  reading: 'moving',
  everyMs: 5 * minuteMs,
  fields: [
    ...['id', 'name', 'status', 'business_type', 'vat_number', 'national_identification_number'],
    ...['emails', 'telephones', 'website', 'primary_address', 'language', 'responsible_user', 'payment_term'],
    ...['marketing_mails_consent', 'tags', 'custom_fields', 'added_at', 'updated_at', 'web_url'],
  ],
  sendsEmpty: true,
  key: 'id',
  nameFields: ['name'],
  statusField: 'status',
  facetField: 'language',
  addedField: 'added_at',
  updatedField: 'updated_at',
}
