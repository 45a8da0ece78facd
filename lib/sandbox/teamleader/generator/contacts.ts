import {
  address,
  addresses,
  iban,
  nationalNumber,
  paymentTerm,
  priceList,
  tags,
  telephone,
  website,
} from './business-fields.ts'
import { customFields } from './custom-fields.ts'
import { Random } from './random.ts'
import { type Fields, foldName, type RecordKind } from './record-kind.ts'
import { firstNames, hostilePeople, lastNames } from './vocabulary.ts'

const salt = 2

function personNames(seed: number, number: number): { first_name: string | null; last_name: string } {
  if (number === 0) return { first_name: 'Éloïse', last_name: 'Lambert' }
  const random = new Random(seed, salt, number, 1)
  const hostile =
    number <= hostilePeople.length ? hostilePeople[number - 1] : random.chance(0.02) && random.pick(hostilePeople)
  if (hostile) return { first_name: hostile[0], last_name: hostile[1].replace('{n}', String(number)) }
  return { first_name: random.chance(0.03) ? null : random.pick(firstNames), last_name: random.pick(lastNames) }
}

export const contacts: RecordKind = {
  plural: 'contacts',
  type: 'contact',
  salt,
  filters: ['ids', 'company_id', 'term', 'updated_since', 'tags', 'email', 'status', 'marketing_mails_consent'],
  sorts: { name: 'name', added_at: 'added_at', updated_at: 'updated_at' },
  editable: [
    'first_name',
    'last_name',
    'telephones',
    'emails',
    'primary_address',
    'tags',
    'status',
    'salutation',
    'marketing_mails_consent',
    'language',
  ],
  names: personNames,
  sortName: ({ last_name, first_name }: Fields) => `${foldName(last_name)}\u0000${foldName(first_name)}`,
  make: (seed, number) => {
    const random = new Random(seed, salt, number)
    const bare = random.chance(0.2)
    const place = bare ? null : address(random)
    const country = String(place?.country ?? 'BE')
    const fields = {
      ...personNames(seed, number),
      status: random.chance(0.05) ? 'deactivated' : 'active',
      salutation: random.pick(['Mme', 'Mr', 'Dhr.', 'Mevr.', '', null]),
      emails: bare ? [] : [{ type: 'primary', email: `contact-${number}@personne.example` }],
      telephones: bare
        ? []
        : ['phone', 'mobile', 'fax']
            .filter(() => random.chance(0.5))
            .map((type) => ({ type, number: telephone(random, country) })),
      website: random.chance(0.1) ? website(random, `portfolio-${number}.example`) : null,
      primary_address: place,
      gender:
        number === 0 ? 'female' : random.pick(['female', 'male', 'unknown', 'non_binary', 'prefers_not_to_say', null]),
      birthdate: random.chance(0.3) ? `19${50 + random.below(50)}-0${1 + random.below(9)}-1${random.below(10)}` : null,
      iban: bare ? null : iban(random),
      bic: bare ? null : random.pick(['BICBANK', null]),
      national_identification_number: bare ? null : nationalNumber(random, 'person', country),
      language: random.pick(['fr', 'nl', 'en', null]),
      payment_term: bare ? null : paymentTerm(random),
      invoicing_preferences: { electronic_invoicing_address: null },
      tags: tags(random),
      marketing_mails_consent: random.chance(0.3),
      custom_fields: customFields(random),
      price_list: priceList(random),
    }
    const detail = (): Fields => ({
      addresses: addresses(random, fields.primary_address, null),
      remarks: random.pick([null, '', 'Préfère le matin.']),
    })
    return { fields, detail }
  },
}

/** Where a contact works: numbers of generated companies, most often none or one. */
export function employers(seed: number, number: number, companyCount: number): number[] {
  if (companyCount === 0) return []
  const random = new Random(seed, salt, number, 2)
  const wanted = random.pick([0, 1, 1, 1, 2])
  return [...new Set(Array.from({ length: wanted }, () => random.below(companyCount)))]
}
