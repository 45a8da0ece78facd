type ListItem = Record<string, unknown>

type Address = { line_1: string | null; postal_code: string | null; city: string | null; country: string | null } | null

const unix = (at: unknown): number => Math.floor(Date.parse(String(at)) / 1000)
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const first = (values: unknown, key: string, type?: string): string => {
  const found = (values as Record<string, string>[]).find((value) => type === undefined || value.type === type)
  return found?.[key] ?? ''
}

/** What V2 gives as null is an empty text here; ids are the old integers, by the order in which records were made. */
const place = (address: unknown): object => {
  const { line_1, postal_code, city, country } = (address ?? {}) as NonNullable<Address>
  return { street: line_1 ?? '', number: '', zipcode: postal_code ?? '', city: city ?? '', country: country ?? '' }
}

const ends = ({ added_at, updated_at, status }: ListItem): object => ({
  date_added: unix(added_at),
  date_edited: unix(updated_at),
  status: status === 'deactivated' ? 'inactive' : 'active',
  deleted: 0,
  custom_fields: [],
})

export const showCompany = (item: ListItem, number: number): object => ({
  id: 2_916_166 + number,
  name: item.name,
  ...place(item.primary_address),
  taxcode: text(item.vat_number),
  email: first(item.emails, 'email'),
  website: text(item.website),
  telephone: first(item.telephones, 'number', 'phone'),
  fax: first(item.telephones, 'number', 'fax'),
  iban: text(item.iban),
  bic: text(item.bic),
  account_manager_id: -1,
  language_code: text(item.language).toUpperCase(),
  ...ends(item),
})

export const showContact = (item: ListItem, number: number): object => ({
  id: 5_480_021 + number,
  forename: text(item.first_name),
  surname: text(item.last_name),
  email: first(item.emails, 'email'),
  telephone: first(item.telephones, 'number', 'phone'),
  gsm: first(item.telephones, 'number', 'mobile'),
  website: text(item.website),
  ...place(item.primary_address),
  language: text(item.language),
  gender: { female: 'F', male: 'M' }[text(item.gender)] ?? 'U',
  dob: item.birthdate === null ? null : unix(item.birthdate),
  ...ends(item),
})

export const showDepartment = ({ name }: ListItem, number: number): object => ({ id: 1201 + number, name })
