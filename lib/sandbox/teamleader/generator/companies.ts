import {
  address,
  addresses,
  iban,
  nationalNumber,
  paymentTerm,
  priceList,
  tags,
  telephone,
  vatNumber,
  website,
} from './business-fields.ts'
import { customFields } from './custom-fields.ts'
import { Random, sharedId } from './random.ts'
import { type Fields, foldName, type RecordKind } from './record-kind.ts'
import { hostileCompanies, lastNames, legalForms, trades } from './vocabulary.ts'

const salt = 1

/** The first ones of every account: names, VAT numbers and sites as they were met. */
const known = [
  { name: 'Menuiserie Lambert', vat_number: 'BE0899623035' },
  { name: 'Walter BVBA', vat_number: 'BE 0644.450.380', website: 'www.walter.example' },
  { name: 'Boulangerie de l’Hôtel de Ville' },
  { name: 'Piron & Associés' },
  { name: 'Électricité Générale Noël' },
  { name: 'Van den Broeck-De Smet Installatietechniek en Verwarming NV' },
]

function companyName(seed: number, number: number): string {
  const first = known[number]
  if (first) return first.name
  const random = new Random(seed, salt, number, 1)
  if (number < known.length + hostileCompanies.length)
    return (hostileCompanies[number - known.length] ?? '').replace('{n}', String(number))
  if (random.chance(0.02)) return random.pick(hostileCompanies).replace('{n}', String(number))
  const name = `${random.pick(trades)} ${random.pick(lastNames)} ${random.pick(legalForms)}`.trim()
  return random.chance(0.1) ? name.toUpperCase() : name
}

export const companies: RecordKind = {
  plural: 'companies',
  type: 'company',
  salt,
  filters: [
    'ids',
    'term',
    'updated_since',
    'tags',
    'vat_number',
    'national_identification_number',
    'email',
    'status',
    'marketing_mails_consent',
  ],
  sorts: { name: 'name', added_at: 'added_at', updated_at: 'updated_at' },
  editable: [
    'name',
    'website',
    'telephones',
    'emails',
    'primary_address',
    'payment_term',
    'tags',
    'status',
    'marketing_mails_consent',
    'vat_number',
  ],
  names: (seed, number) => ({ name: companyName(seed, number) }),
  sortName: ({ name }) => foldName(name),
  make: (seed, number) => {
    const random = new Random(seed, salt, number)
    const name = companyName(seed, number)
    const bare = random.chance(0.15)
    const host = `client-${number}.example`
    const place = bare ? null : address(random)
    const country = String(place?.country ?? 'BE')
    const fields = {
      name,
      status: random.chance(0.06) ? 'deactivated' : 'active',
      business_type: bare ? null : { type: 'businessType', id: sharedId('businessType', random.below(6)) },
      vat_number: vatNumber(random, country),
      national_identification_number: bare ? null : nationalNumber(random, 'company', country),
      emails: bare
        ? []
        : [
            { type: 'primary', email: `info@${host}` },
            ...(random.chance(0.25) ? [{ type: 'invoicing', email: `factures@${host}` }] : []),
          ],
      telephones: bare ? [] : [{ type: random.pick(['phone', 'phone', 'fax']), number: telephone(random, country) }],
      website: website(random, host),
      primary_address: place,
      iban: bare ? null : iban(random),
      bic: bare ? null : random.pick(['BICBANK', null]),
      language: random.pick(['fr', 'nl', 'en', null]),
      preferred_currency: bare ? null : 'EUR',
      payment_term: bare ? null : paymentTerm(random),
      invoicing_preferences: { electronic_invoicing_address: random.pick([null, null, `0208:${number}`]) },
      responsible_user: bare ? null : { type: 'user', id: sharedId('user', random.below(4)) },
      marketing_mails_consent: random.chance(0.5),
      tags: tags(random),
      custom_fields: customFields(random),
      price_list: priceList(random),
      ...known[number],
    }
    const detail = (): Fields => ({
      addresses: addresses(random, fields.primary_address, name),
      remarks: random.pick([null, '', 'Client depuis 1998.\r\n<b>À rappeler</b>']),
    })
    return { fields, detail }
  },
}
