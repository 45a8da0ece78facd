import { address, dateTime, extras, type ListItem, stableId, turn } from '#lib/sandbox/list-item.ts'
import type { Account } from '../integration.ts'

const names: [firstName: string | null, lastName: string][] = [
  ['Éloïse', 'Lambert'],
  ['Jan', 'Van den Broeck'],
  [null, 'Piron'],
  ['Marie-Ange', 'D’Hondt'],
  ['Zoë', 'Noël'],
  ['<script>alert(1)</script>', 'Dupont'],
  ['@Karim', '+Benali'],
  ['نور', 'الدين'],
]

/** `companyIds` link every second contact to a company, for the `company_id` filter. */
export function makeContact(account: Account, index: number, companyIds: string[]): ListItem {
  const id = stableId(account, 'contact', index)
  const bare = index % 4 === 2
  const [firstName, lastName] = turn(names, index)
  return {
    id,
    first_name: firstName,
    last_name: lastName,
    status: index % 11 === 10 ? 'deactivated' : 'active',
    salutation: turn(['Mme', 'Mr', null], index),
    emails: bare ? [] : [{ type: 'primary', email: `contact-${index}@client.example` }],
    telephones: bare
      ? []
      : [
          { type: 'phone', number: '092980615' },
          { type: 'mobile', number: '+32 470 00 00 00' },
        ],
    website: turn([null, 'www.portfolio.example'], index),
    primary_address: address(account, index),
    gender: turn(['female', 'male', 'unknown', null, 'non_binary'], index),
    birthdate: turn(['1987-04-25', null], index),
    iban: bare ? null : 'BE12123412341234',
    bic: bare ? null : 'BICBANK',
    national_identification_number: bare ? null : '86792345-L',
    language: turn(['fr', 'nl', 'en'], index),
    payment_term: turn([{ type: 'cash' }, null], index),
    invoicing_preferences: { electronic_invoicing_address: null },
    tags: turn([[], ['prospect']], index),
    marketing_mails_consent: false,
    added_at: dateTime(index),
    updated_at: dateTime(index * 30 + 1),
    web_url: `https://focus.teamleader.eu/contact_detail.php?id=${id}`,
    ...extras(account, index),
    ...(index % 2 === 0 && companyIds.length > 0 ? { [company]: companyIds[index % companyIds.length] } : {}),
  }
}

/** Kept beside the item, never sent: the list does not say where a contact works. */
export const company = Symbol('company')
