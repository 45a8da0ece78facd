import { createHash } from 'node:crypto'

/** `detail` is what only a single dossier shows. */
export type Dossier = { summary: Record<string, unknown> & { id: number }; detail: Record<string, unknown> }

const names: [firstName: string | null, lastName: string | null][] = [
  ['Aïcha', 'Ben Salah'],
  ['Zoé', 'Lefèvre'],
  ['Jean-François', "L'Hôpital"],
  [null, 'MARTIN'],
  ['Maximilien-Alexandre Barthélemy', 'de La Rochefoucauld-Montmorency d’Aubigné-Sainte-Hermine'],
  ['  Noëlle ', 'Nguyễn Thị Ánh'],
  ['<img src=x onerror=alert(1)>', 'Dupont & fils'],
  ['=HYPERLINK("http://evil.example")', '+33 Durand'],
  ['Łukasz', 'Ożóg'],
  ['يوسف', 'الحداد'],
  ['O’Néill "Bob"', null],
  ['🙂', '-Tiret'],
]
const phones = ['+33 6 12 34 56 78', '0612345678', null, '', '06.12.34.56.78 (après 18 h)']
const services = ['Bilan de compétences', 'VAE', 'Insertion — « Rebond »', 'Accompagnement à la création d’entreprise']
const comments = [null, '', 'Rappeler mardi.\r\nPuis relancer l’OPCO.', `${'Compte rendu d’entretien. '.repeat(400)}`]

/** The row's turn in `values`: dirt that comes back regularly, not at random. */
const turn = <T>(values: readonly T[], index: number): T => values[index % values.length] as T

/** `2025-01-06T08:30:00+01:00`, an hour ahead like France in winter. */
const dateTime = (minutesAfterFirst: number): string =>
  new Date(Date.UTC(2025, 0, 6, 8, 30) + minutesAfterFirst * 60_000).toISOString().replace('.000Z', '+01:00')

/** The same dossiers on every start, as people type them in. Numbers of one instance are not another's. */
export function makeDossiers(teoId: string, count: number): Dossier[] {
  const first = 1000 * (1 + (createHash('sha256').update(teoId).digest().readUInt32BE() % 900_000))
  return Array.from({ length: count }, (_, index) => makeDossier(first + index, index))
}

function makeDossier(id: number, index: number): Dossier {
  const [firstName, lastName] = turn(names, index)
  const service = index % 6 === 5 ? null : turn(services, index)
  return {
    summary: {
      '@id': `/api/production/dossiers/${id}`,
      '@type': 'Dossier',
      id,
      firstName,
      lastName,
      email: index % 5 === 3 ? null : `beneficiaire-${id}@exemple.example`,
      phone: turn(phones, index),
      status: turn(['prospect', 'en_cours', 'termine', 'abandon', null], index),
      service: service === null ? null : { '@type': 'Service', id: 10 + services.indexOf(service), name: service },
      createdAt: dateTime(index * 1440),
      updatedAt: dateTime(index * 2000 + 7),
    },
    detail: {
      birthDate: turn(['1987-04-25', null, '1999-12-31'], index),
      address: turn([{ street: '12 bis, rue de l’Abbé-Grégoire', zipCode: '75006', city: 'Paris' }, null], index),
      comment: turn(comments, index),
    },
  }
}
