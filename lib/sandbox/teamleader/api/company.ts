import { address, dateTime, extras, type ListItem, stableId, turn } from '#lib/sandbox/list-item.ts'
import type { Account } from '../integration.ts'

const names = [
  'Menuiserie Lambert',
  'Walter BVBA',
  'Boulangerie de l’Hôtel de Ville',
  'Piron & Associés',
  'Électricité Générale Noël',
  'Van den Broeck-De Smet Installatietechniek en Verwarming NV',
  '  Garage Collignon ',
  'Garage <b>Dupont</b>',
  '=SUM(1+1) Traiteur',
  '-Zéro Plus',
  'مؤسسة النور',
  'Ateliers Ô’Brien "Le Fer"',
]
const vatNumbers = ['BE0899623035', 'BE 0644.450.380', null, 'be0412345678', 'FR 12 345678901', '']
const websites = ['https://lambert.example', 'www.walter.be', null, 'http://piron.example/fr?a=1&b=2']

export function makeCompany(account: Account, index: number): ListItem {
  const id = stableId(account, 'company', index)
  const bare = index % 5 === 1
  const round = Math.floor(index / names.length)
  return {
    id,
    name: round === 0 ? turn(names, index) : `${turn(names, index)} ${round + 1}`,
    status: index % 9 === 8 ? 'deactivated' : 'active',
    business_type: bare ? null : { type: 'businessType', id: stableId(account, 'business type', index % 3) },
    vat_number: turn(vatNumbers, index),
    national_identification_number: bare ? null : `6332${String(index).padStart(4, '0')}`,
    emails: bare
      ? []
      : [
          { type: 'primary', email: `info@client-${index}.example` },
          ...(index % 4 === 0 ? [{ type: 'invoicing', email: `factures@client-${index}.example` }] : []),
        ],
    telephones: bare
      ? []
      : [{ type: turn(['phone', 'fax'], index), number: turn(['092980615', '+32 9 298 06 15'], index) }],
    website: turn(websites, index),
    primary_address: address(account, index),
    iban: bare ? null : 'BE12123412341234',
    bic: bare ? null : 'BICBANK',
    language: turn(['fr', 'nl', null], index),
    preferred_currency: bare ? null : 'EUR',
    payment_term: turn([{ type: 'cash' }, { type: 'after_invoice_date', days: 30 }, null], index),
    invoicing_preferences: { electronic_invoicing_address: null },
    responsible_user: bare ? null : { type: 'user', id: stableId(account, 'user', 0) },
    marketing_mails_consent: index % 2 === 0,
    added_at: dateTime(index),
    updated_at: dateTime(index * 40 + 1),
    web_url: `https://focus.teamleader.eu/company_detail.php?id=${id}`,
    tags: turn([['prospect', 'expo'], [], ['Client fidèle']], index),
    ...extras(account, index),
  }
}
